-- More reasons to end with: what people decide, what a receipt tells, and what becomes of a deleted lead's messages.
CREATE OR REPLACE FUNCTION ended_status(reason text) RETURNS text
  LANGUAGE sql IMMUTABLE
  RETURN CASE
    WHEN reason IN ('expired', 'contact_rejected', 'provider_failed', 'suppressed', 'wrong_owner',
                    'rejected_after_accept', 'resolved_as_failed') THEN 'failed'
    WHEN reason IN ('plan_cancelled', 'withdrawn', 'superseded_run', 'sent_in_earlier_run', 'device_deleted',
                    'lead_deleted', 'cancelled_by_user') THEN 'cancelled'
  END;
