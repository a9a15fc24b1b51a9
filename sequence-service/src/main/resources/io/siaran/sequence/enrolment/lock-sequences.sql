-- Keeps the steps of these sequences ($1) as they are until the commit: a change of the steps takes the same rows FOR
-- UPDATE. Gives their entry versions, which say whether who enters is what was read before.
SELECT id, entry_version FROM sequences
WHERE id = ANY ($1::uuid[])
ORDER BY id
FOR KEY SHARE
