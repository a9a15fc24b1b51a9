-- Whom a campaign would reach now, and whom it would leave out and why, on each device; the reason is null for those who are
-- reached. Of a phone on several devices the lowest id is the one, as in the fan-out. Reads all leads of the niche once.
-- $1 user, $2 niche tag, $3 target status, $4 skip devices that are not online, $5 segment or null, $6 once a phone; for whom the text
-- is too long: $7 everybody on this platform, or null, and $8 these leads.
-- OFFSET 0 has each lead judged once, however often its refusal is named. As numbers the phones are sorted in half the time
-- that they take as texts (900,000 leads).
SELECT judged.device_id, judged.reason, count(*) AS leads
  FROM (SELECT device_id,
               CASE WHEN refusal IS NOT NULL THEN refusal
                    WHEN $6 AND row_number() OVER (PARTITION BY phone::bigint, refusal IS NULL ORDER BY id) > 1
                      THEN 'duplicate_phone' END AS reason
          FROM (SELECT id, device_id, phone,
                       CASE WHEN refusal IS NOT NULL THEN refusal
                            WHEN platform = $7 OR id = ANY ($8::uuid[]) THEN 'too_long_for_platform' END AS refusal
                  FROM candidates($1, $2, $3, $4, $5::text::jsonb)
                OFFSET 0) AS candidate) AS judged
 GROUP BY judged.device_id, judged.reason
