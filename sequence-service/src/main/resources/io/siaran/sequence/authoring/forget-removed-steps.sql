-- Deletes the steps of a sequence (:id) that were removed, if nobody was ever inside: nobody goes on from the place of one, and no report
-- counts any. Who is about to enter waits for the caller, who has locked the sequence.
DELETE FROM sequence_steps
WHERE sequence_id = :id AND removed_at IS NOT NULL AND NOT EXISTS (SELECT FROM enrolments WHERE sequence_id = :id)
