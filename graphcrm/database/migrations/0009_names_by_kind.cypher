// An index of names for each kind that is looked for, so that none crowds another out of the first hits: in one index of all,
// a million people or forty thousand firms with the same beginning came before everything else.
CREATE FULLTEXT INDEX person_names IF NOT EXISTS FOR (n:Person) ON EACH [n.name, n.latin_name]
  OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}};
CREATE FULLTEXT INDEX employee_names IF NOT EXISTS FOR (n:Employee) ON EACH [n.name, n.latin_name]
  OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}};
CREATE FULLTEXT INDEX other_names IF NOT EXISTS
  FOR (n:Region|Site|Unit|Deal|Product|Plan|AccountPlan|PlanStep|PlanRisk|Interest|Institution|UsefulDate|Offering|Event|GiftPolicy|Source|Meeting|Training|Memo|Proposal|Contest|Exhibition)
  ON EACH [n.name]
  OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}};
DROP INDEX entity_names IF EXISTS;
