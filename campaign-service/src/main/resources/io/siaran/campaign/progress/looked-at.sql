-- Forgets the runs that need no further look: something of them still waits, and whoever takes in its counts marks them
-- again; or they are over. A run that only waits for the end of its fan-out, or for a paused campaign, stays.
UPDATE run_progress s
   SET changed = false
 WHERE s.changed
   AND (s.pending + s.processing > 0
        OR EXISTS (SELECT FROM campaigns c
                    WHERE c.id = s.campaign_id
                      AND (c.run > s.run OR c.status IN ('completed', 'failed', 'cancelled'))))
