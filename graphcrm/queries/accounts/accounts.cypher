// All who may use graphcrm, by e-mail.
MATCH (account:Account)
RETURN account.id AS id, account.name AS name, account.role AS role, account.person_id AS person_id,
       coalesce(account.disabled, false) AS disabled, account.signed_out_at AS signed_out_at,
       coalesce(account.ended, []) AS ended
ORDER BY id
