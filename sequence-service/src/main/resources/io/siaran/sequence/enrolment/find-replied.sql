-- The enrolments that a reply concerns, of the user ($1), the phone ($2), at a time ($3), to whichever device: those that are open, or
-- ended in the week before; with whether the reply ends them. Locks them, in the one order in which everybody does.
SELECT e.id, e.status = 'open' AND s.stop_on_reply AS ends
FROM enrolments e
JOIN sequences s ON s.id = e.sequence_id
WHERE e.id IN (
  SELECT walked.id
  FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS reply (user_id, phone, at)
  JOIN leads l ON l.user_id = reply.user_id AND l.phone = reply.phone
  JOIN enrolments walked ON walked.lead_id = l.id AND walked.entered_at <= reply.at
    AND (walked.status = 'open' OR walked.ended_at > reply.at - interval '7 days'))
ORDER BY e.id
FOR UPDATE OF e
