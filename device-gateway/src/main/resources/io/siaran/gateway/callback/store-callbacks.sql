-- Keeps what verified callbacks told, and answers which of them came to a device's address that holds (the device is of that
-- platform, and the secret is its newest one or was until $4 hours ago). A deleted device still gets the receipts of what it
-- sent and what people write to it: whoever writes STOP to it then wants no more from its owner's other devices either.
-- What waits already is not kept twice, but takes over an address of its sender that it lacked: one message may be told once
-- under a LID and once under a phone. No event is in a group twice, and rows are written in one order for all.
--   a callback: $1 device $2 platform $3 generation of its secret
--   an event: $5 its callback, from 1 $6 id $7 kind $8 purpose $9 at $10 our id $11 phone $12 lid $13 name $14 type
--   $15 text $16 detail $17 what it says of being written to
WITH addressed AS MATERIALIZED (
  SELECT nth, d.id AS device_id, d.platform, d.deleted
  FROM unnest($1::uuid[], $2::text[], $3::int[]) WITH ORDINALITY AS asked (device_id, platform, generation, nth)
    JOIN devices d ON d.id = asked.device_id AND d.platform = asked.platform
  WHERE asked.generation BETWEEN oldest_callback_generation(d, $4::int) AND d.callback_generation
), kept AS (
  INSERT INTO callback_inbox AS known (platform, device_id, provider_id, kind, purpose, at, received_at, due_at, our_id, phone,
    lid, name, type, text, detail, wish)
  SELECT a.platform, a.device_id, e.provider_id, e.kind, e.purpose, e.at, clock_timestamp(), clock_timestamp(), e.our_id,
    e.phone, e.lid, e.name, e.type, e.text, e.detail, e.wish
  FROM unnest($5::int[], $6::text[], $7::text[], $8::text[], $9::timestamptz[], $10::uuid[], $11::text[], $12::text[],
      $13::text[], $14::text[], $15::text[], $16::text[], $17::text[])
    AS e (nth, provider_id, kind, purpose, at, our_id, phone, lid, name, type, text, detail, wish)
    JOIN addressed a ON a.nth = e.nth
  WHERE NOT a.deleted OR e.purpose <> 'connection'
  ORDER BY a.device_id, e.provider_id, e.kind
  ON CONFLICT (device_id, provider_id, kind, platform) DO UPDATE
  SET phone = coalesce(known.phone, excluded.phone), lid = coalesce(known.lid, excluded.lid),
    our_id = coalesce(known.our_id, excluded.our_id)
  WHERE (known.phone IS NULL AND excluded.phone IS NOT NULL) OR (known.lid IS NULL AND excluded.lid IS NOT NULL)
    OR (known.our_id IS NULL AND excluded.our_id IS NOT NULL)
  RETURNING 1
)
SELECT nth, deleted, (SELECT count(*) FROM kept) AS kept FROM addressed
