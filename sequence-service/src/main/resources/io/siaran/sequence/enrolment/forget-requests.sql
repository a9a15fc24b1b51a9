-- What was asked for these leads ($1) was looked at; but not for those ($2) whose sequence ($3) was changed meanwhile.
DELETE FROM requested_entries asked
WHERE asked.lead_id = ANY ($1::uuid[])
  AND NOT EXISTS (
    SELECT FROM unnest($2::uuid[], $3::uuid[]) AS changed (lead_id, sequence_id)
    WHERE changed.lead_id = asked.lead_id AND changed.sequence_id = asked.sequence_id)
