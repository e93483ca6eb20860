// Make an account, or set what is given of it.
MERGE (account:Account {id: $account_id})
SET account += $properties
