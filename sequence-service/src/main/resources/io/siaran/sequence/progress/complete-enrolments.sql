-- Ends enrolments ($1) whose last step leads to a trigger ($2, or null). That is chained to if it lets leads into another
-- sequence, active or not; unless one that it lets into was gone through in this chain, for a circle of sequences ends after one
-- round; or the lead is inside one, for a new assignment would take it out of that walk, or have it walk once more.
-- What was expected and never came by, because the steps were changed, is gone.
-- Keeps and gives with it the newest assignment of that trigger that any walk of the lead goes back to: a later one, which another sequence's end or
-- the CRM gave and no review has seen yet, will let the lead in as it is.
WITH not_reached AS (
  DELETE FROM sequence_contacts WHERE enrolment_id = ANY ($1::uuid[]) AND status = 'pending'
)
UPDATE enrolments e
SET status = 'completed', ended_at = statement_timestamp(),
  (chained_to, used_up_to) = (
    SELECT done.next_trigger, used.assignment
    FROM used_up_to(e.lead_id, done.next_trigger) used
    WHERE EXISTS (SELECT FROM entry_points p WHERE p.user_id = e.user_id AND p.trigger = done.next_trigger)
      AND NOT EXISTS (
        SELECT FROM entry_points p
        JOIN enrolments walked ON walked.sequence_id = p.sequence_id AND walked.chain_id = e.chain_id
        WHERE p.user_id = e.user_id AND p.trigger = done.next_trigger)
      AND NOT EXISTS (
        SELECT FROM entry_points p
        JOIN enrolments inside ON inside.sequence_id = p.sequence_id AND inside.lead_id = e.lead_id AND inside.status = 'open'
        WHERE p.user_id = e.user_id AND p.trigger = done.next_trigger))
FROM unnest($1::uuid[], $2::text[]) AS done (id, next_trigger)
WHERE e.id = done.id AND e.status = 'open'
RETURNING e.user_id, e.sequence_id, e.lead_id, e.trigger, e.assignment, e.ended_at, e.chained_to, e.used_up_to,
  lead_command_id(e.id, 'remove') AS removal, lead_command_id(e.id, 'add') AS addition
