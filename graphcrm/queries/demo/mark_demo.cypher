// Remember how far the loading of the demo data has come.
MERGE (mark:Command {key: 'demo'})
SET mark.state = $loading
