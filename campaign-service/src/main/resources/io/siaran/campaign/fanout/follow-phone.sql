-- Notes a lead that is written to under its new phone as well, so that no other lead of that phone is, and under the one
-- before; and answers the runs whose message of this lead must not be sent: the new phone is reached through another lead
-- already, or the message was taken back at an earlier change. That is every text of the plan that has begun: the plan stops the
-- earlier ones as well, but on a topic of its own, which may lag. What was taken back stays so, since nobody here knows what went out
-- before; the lead leaves its piece, and reaches none of the phones that it gets from then on.
-- The caller has counted the change, in a statement before, and changes the lead after this: a plan of which nothing is seen here
-- has noted nobody yet, and whoever notes its leads waits for this change, and reads them with it. A run that has not begun has
-- no message to take back, but its plan may have reached the lead with an earlier text.
-- $1 user, $2 lead, $3 the phone before, $4 the phone from now on.
WITH runs AS MATERIALIZED (
  SELECT c.id, c.run, c.planned_run, c.scheduled_at,
         EXISTS (SELECT FROM fanouts f WHERE f.campaign_id = c.id AND f.run = c.run) AS has_begun
    FROM campaigns c
   WHERE c.user_id = $1 AND c.status IN ('triggered', 'paused') AND c.duplicate_phones = 'once'
), ours AS MATERIALIZED (
  SELECT runs.id, runs.run, runs.planned_run, runs.has_begun, piece.last_lead, coalesce(after.lead_id, $2) AS through
    FROM runs
   CROSS JOIN LATERAL run_piece(runs.id, runs.planned_run, $2) AS piece
   CROSS JOIN LATERAL run_reaches(runs.id, runs.planned_run, $1, $3) AS before
   CROSS JOIN LATERAL run_reaches(runs.id, runs.planned_run, $1, $4) AS after
   WHERE $2 = ANY (piece.leads) AND before.lead_id = $2
), noted AS (
  INSERT INTO fanout_phones (campaign_id, run, phone, lead_id)
  SELECT ours.id, ours.planned_run, known.phone, known.lead_id
    FROM ours
   CROSS JOIN LATERAL (VALUES ($3, $2::uuid), ($4, ours.through)) AS known (phone, lead_id)
   ORDER BY ours.id
  ON CONFLICT DO NOTHING
), left_piece AS (
  UPDATE fanout_reached piece
     SET leads = array_remove(piece.leads, $2::uuid)
    FROM ours
   WHERE ours.through <> $2 AND piece.campaign_id = ours.id AND piece.run = ours.planned_run AND piece.last_lead = ours.last_lead
), taken_back AS (
  INSERT INTO fanout_withdrawals (campaign_id, run, lead_id)
  SELECT id, run, $2 FROM ours WHERE through <> $2 AND has_begun
  ON CONFLICT DO NOTHING
)
SELECT runs.id, begun.run, runs.scheduled_at
  FROM runs
  JOIN fanouts begun ON begun.campaign_id = runs.id AND begun.run BETWEEN runs.planned_run AND runs.run
 WHERE runs.id IN (SELECT id FROM ours WHERE through <> $2)
    OR EXISTS (SELECT FROM fanout_withdrawals w WHERE w.campaign_id = runs.id AND w.run = runs.run AND w.lead_id = $2)
