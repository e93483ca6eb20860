// Which lines of power around the people of a client we learnt of between two days, whenever they began: by the day of their source, or, without one, by the day on which they were recorded.
MATCH (client:Client {id: $client_id})
MATCH (client)<-[:WORKS_AT|STAKEHOLDER_IN]-(person:Person)
WITH DISTINCT client, person
MATCH (person)-[tie:REPORTS_TO|STAKEHOLDER_IN|INFLUENCES|CONFLICTS_WITH|KNOWS|MENTOR_OF|SITS_ON]-(other:Person|Organization|Deal)
WITH DISTINCT tie
OPTIONAL MATCH (source:Source {id: tie.source})
WITH tie, source, coalesce(source.date, date(tie.recorded_at)) AS learnt
WHERE learnt > $since AND learnt <= $until
OPTIONAL MATCH (recorder:Person {id: tie.recorded_by})
RETURN
  tie.id AS id,
  type(tie) AS kind,
  startNode(tie).id AS source_id,
  startNode(tie).name AS source_name,
  endNode(tie).id AS target_id,
  endNode(tie).name AS target_name,
  startNode(tie):FamilyMember OR endNode(tie):FamilyMember AS is_family,
  tie.basis AS basis,
  tie.confidence AS confidence,
  coalesce(tie.topic, tie.about, tie.context) AS about,
  coalesce(tie.roles, []) AS roles,
  learnt AS learnt,
  recorder.name AS recorder,
  source.name AS source,
  tie.sensitivity AS sensitivity
ORDER BY learnt DESC, source, recorder, kind, source_name, target_name, id
LIMIT $most
