// A client's share of the year's sales is asked on its page; the history is read from its end.
CREATE INDEX purchase_date IF NOT EXISTS FOR (n:Purchase) ON (n.date);
CREATE INDEX change_at IF NOT EXISTS FOR (n:Change) ON (n.at);
