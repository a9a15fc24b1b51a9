-- Takes devices whose check is due (at most $2, of the platforms $3) and sets their next one about $1 ms ahead, so that
-- every instance asks for other devices and a crash delays a check by one interval. Up to a tenth sooner or later, so that
-- devices that were registered together are not asked together for ever; at the end of a hold that comes before. A quarter as
-- often while it is well and its platform tells by itself when that changes.
-- One of each user before the second of any, and of a user no more than $4 less those that are under way ($6, of the users $5): whose
-- servers hang takes no place of others, and what of it is due stays due. So does what this instance is asking already ($7).
-- All that is due is looked at, usually what became due within a second: behind the devices of one user there may be another's.
WITH busy AS MATERIALIZED (
  SELECT user_id, $4::int - checks AS room FROM unnest($5::text[], $6::int[]) AS b (user_id, checks)
), due AS MATERIALIZED (
  SELECT d.id, d.user_id, d.next_check_at, coalesce(busy.room, $4::int) AS room
  FROM devices d LEFT JOIN busy ON busy.user_id = d.user_id
  WHERE NOT d.deleted AND d.status <> 'paused' AND d.next_check_at <= statement_timestamp()
    AND d.platform = ANY ($3::text[])
    AND coalesce(busy.room > 0, true) AND d.id NOT IN (SELECT unnest($7::uuid[]))
  ORDER BY d.next_check_at LIMIT 20000
), placed AS MATERIALIZED (
  SELECT id, room, row_number() OVER (PARTITION BY user_id ORDER BY next_check_at) AS place FROM due
), taken AS MATERIALIZED (
  SELECT d.id FROM placed JOIN devices d ON d.id = placed.id
  WHERE placed.place <= placed.room
    AND NOT d.deleted AND d.status <> 'paused' AND d.next_check_at <= statement_timestamp()
  ORDER BY placed.place, d.next_check_at LIMIT $2::int
  FOR UPDATE OF d SKIP LOCKED
)
UPDATE devices d SET checked_at = clock_timestamp(), next_check_at = least(
  clock_timestamp() + $1::bigint * (0.9 + 0.2 * random()) * interval '1 millisecond'
    * CASE WHEN condition = 'online' AND failed_checks = 0 AND connection_told_at > clock_timestamp() - interval '7 days'
        THEN 4 ELSE 1 END,
  CASE WHEN held_until > clock_timestamp() THEN held_until END)
FROM taken WHERE d.id = taken.id
RETURNING d.id, d.user_id
