// End one sign-in of an account; of those that were ended the newest are kept.
MATCH (account:Account {id: $account_id})
SET account.ended = ([$sign_in] + coalesce(account.ended, []))[..$most]
