// What there is to celebrate with clients: deals won lately, the days of their projects.
CREATE INDEX deal_closed IF NOT EXISTS FOR (n:Deal) ON (n.closed);
CREATE INDEX useful_date_kind IF NOT EXISTS FOR (n:UsefulDate) ON (n.kind);
