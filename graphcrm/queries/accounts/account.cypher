// Who signed in: one account by its e-mail.
MATCH (account:Account {id: $account_id})
RETURN account.id AS id, account.name AS name, account.role AS role, account.person_id AS person_id,
       coalesce(account.disabled, false) AS disabled, account.signed_out_at AS signed_out_at,
       coalesce(account.ended, []) AS ended
