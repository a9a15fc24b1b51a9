-- Whether something to a person waits or is in flight, or the news that nothing may be sent is not here yet. $1 user, $2 phone,
-- $3 leads: a message that follows its lead may not have the phone yet. An action on all messages to the phone ends within moments,
-- and keeps the phone no longer (R__triggers.sql).
SELECT WHERE NOT EXISTS (SELECT FROM suppressions WHERE user_id = $1::text AND phone = $2::text AND NOT deleted)
  OR EXISTS (
    SELECT FROM broadcast_messages
    WHERE user_id = $1::text AND recipient_phone = $2::text AND status IN ('pending', 'processing'))
  OR EXISTS (
    SELECT FROM broadcast_messages
    WHERE lead_id = ANY ($3::uuid[]) AND user_id = $1::text AND status IN ('pending', 'processing'))
  OR EXISTS (
    SELECT FROM bulk_actions
    WHERE done_at IS NULL AND user_id = $1::text AND filter ->> 'phone' = $2::text)
