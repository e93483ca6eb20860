// Organisations that wait for their labels pass it on to the people who work there, and wait no longer.
MATCH (o:LabelsDue)
WHERE NOT o:Person
WITH o LIMIT $most
CALL (o) { MATCH (o:Organization)<-[:WORKS_AT]-(p:Person) SET p:LabelsDue }
REMOVE o:LabelsDue
RETURN count(o) AS done
