// Whoever signs in is looked for by e-mail, at every run of a page.
CREATE CONSTRAINT account_id IF NOT EXISTS FOR (n:Account) REQUIRE n.id IS UNIQUE;
