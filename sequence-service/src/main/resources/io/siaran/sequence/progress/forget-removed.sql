-- Deletes what is still to come of these walks ($1) at steps that were removed: of each walk those of its own sequence, however many walks of others
-- are moved by the same transaction.
DELETE FROM sequence_contacts c
USING enrolments e
JOIN sequence_steps gone ON gone.sequence_id = e.sequence_id AND gone.removed_at IS NOT NULL
WHERE e.id = ANY ($1::uuid[]) AND c.enrolment_id = e.id AND c.step_id = gone.id AND c.status = 'pending'
