// Every client with the account plan in force on a day: its goal, who leads it, and how many of its steps are open and overdue. Clients without a plan come last (D4).
MATCH (client:Client)
CALL (client) {
  MATCH (client)<-[:FOR_CLIENT]-(plan:AccountPlan)
  WHERE coalesce(plan.begun <= $as_of, true) AND coalesce(plan.closed > $as_of, true)
  WITH plan ORDER BY plan.begun DESC, plan.id LIMIT 1
  RETURN collect(plan) AS plans
}
WITH client, head(plans) AS plan
OPTIONAL MATCH (plan)<-[:STEP_OF]-(step:PlanStep)
  WHERE coalesce(step.state, 'open') = 'open' OR step.closed > $as_of
WITH client, plan, count(step) AS open_steps, count(CASE WHEN step.due < $as_of THEN 1 END) AS overdue_steps
RETURN
  client.id AS client_id,
  client.name AS client_name,
  plan.id AS plan_id,
  plan.name AS goal,
  plan.due AS due,
  head(COLLECT { MATCH (plan)-[:DONE_BY]->(owner:Person) RETURN owner.name }) AS owner,
  open_steps AS open_steps,
  overdue_steps AS overdue_steps
ORDER BY plan_id IS NULL, overdue_steps DESC, client_name, client_id
