-- The rows of the steps ($2) that walks ($1) come to next, where they were laid out. A step that was added since has none.
SELECT c.enrolment_id, c.id
FROM unnest($1::uuid[], $2::uuid[]) AS next (enrolment_id, step_id)
JOIN sequence_contacts c ON c.enrolment_id = next.enrolment_id AND c.step_id = next.step_id AND c.status = 'pending'
