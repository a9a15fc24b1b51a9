-- What was asked for these leads ($1) was looked at.
DELETE FROM requested_entries WHERE lead_id = ANY ($1::uuid[])
