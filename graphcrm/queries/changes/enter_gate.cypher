// One save at a time; the change that a command of this key has made already, if it has. The lock is kept to the end of
// the transaction, so what is read after it nobody else can change before it is written.
MERGE (gate:Command {key: 'import'})
SET gate._lock = true
REMOVE gate._lock
MERGE (command:Command {key: $key})
RETURN command.change_id AS change_id
