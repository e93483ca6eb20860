// Sets the secondary labels of the people who wait for it by their edges of today, and takes them off the list.
MATCH (p:Person&LabelsDue)
WITH p LIMIT $most
SET p._lock = true
WITH p,
     COLLECT { MATCH (p)-[s:STAKEHOLDER_IN]->()
               WHERE coalesce(s.valid_from <= $today, true) AND coalesce(s.valid_to > $today, true)
               UNWIND s.roles AS role RETURN DISTINCT role } AS roles,
     EXISTS { (p)-[i:INFLUENCES]->(:Person)
              WHERE coalesce(i.valid_from <= $today, true) AND coalesce(i.valid_to > $today, true) } AS sways,
     COLLECT { MATCH (p)-[w:WORKS_AT]->(o:Organization)
               WHERE coalesce(w.valid_from <= $today, true) AND coalesce(w.valid_to > $today, true)
                 AND coalesce(replace(w.until, '~', '') >= left(toString($today), size(replace(w.until, '~', ''))), true)
               RETURN {level: w.level, client: o:Client, ours: o:OwnFirm} } AS jobs,
     EXISTS { (p)-[:WORKS_AT]->(:Client|OwnFirm) } AS at_a_firm,
     EXISTS { (p)-[:SPOUSE_OF|PARENT_OF|SIBLING_OF|GUARDIAN_OF]-(:Person) } AS related
WITH p, [pair IN [
       ['DecisionMaker', 'decision_maker' IN roles OR 'economic_buyer' IN roles],
       ['Payer', 'payment_decider' IN roles OR 'payment_influencer' IN roles],
       ['TechnicalEvaluator', 'technical_evaluator' IN roles],
       ['Influencer', 'influencer' IN roles OR sways],
       ['Executive', any(job IN jobs WHERE job.client AND job.level <= 2)],
       ['Employee', any(job IN jobs WHERE job.ours)],
       ['FamilyMember', related AND NOT at_a_firm]
     ] WHERE coalesce(pair[1], false) | pair[0]] AS wanted
REMOVE p:DecisionMaker:Payer:TechnicalEvaluator:Influencer:Executive:Employee:FamilyMember:LabelsDue, p._lock
SET p:$(wanted)
RETURN count(p) AS done
