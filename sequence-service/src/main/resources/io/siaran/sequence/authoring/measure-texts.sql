-- How many bytes of texts each of these sequences has. Reads the length of a text, not the text.
SELECT sequence_id, sum(octet_length(content) + coalesce(octet_length(media_url), 0))::bigint AS bytes
FROM sequence_steps
WHERE sequence_id IN (:ids) AND removed_at IS NULL
GROUP BY sequence_id
