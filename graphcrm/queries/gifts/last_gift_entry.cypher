// The newest entry of the register: the next one continues its number and its seal.
MATCH (entry:GiftEntry)
RETURN entry.number AS number, entry.seal AS seal
ORDER BY number DESC
LIMIT 1
