// Far more people than firms: a firm is found by its name however many people are called the same.
CREATE FULLTEXT INDEX organization_names IF NOT EXISTS FOR (n:Organization) ON EACH [n.name, n.latin_name, n.legal_name]
  OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}};
// Whose an e-mail address is that a mailbox or a calendar names, in whatever case it was written down.
CREATE FULLTEXT INDEX person_emails IF NOT EXISTS FOR (n:Person) ON EACH [n.email]
  OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}};
// Our own people and the sources are listed by name, up to a number.
CREATE INDEX employee_name IF NOT EXISTS FOR (n:Employee) ON (n.name);
CREATE INDEX source_name IF NOT EXISTS FOR (n:Source) ON (n.name);
