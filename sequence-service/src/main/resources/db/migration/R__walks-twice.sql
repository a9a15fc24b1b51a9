-- Whether a person would walk twice through a sequence that lets each person in once: the lead's phone was corrected since it entered, and
-- another lead with that phone is inside, who came with it, or, where both were corrected to it, before. Asked by the review and by
-- the firing, so that the two never differ; of a lead that has the phone with which it entered nothing is read.
CREATE OR REPLACE FUNCTION walks_twice(walk uuid, through uuid, entered_as text, walker uuid, owner text, now_as text)
  RETURNS TABLE (holds boolean) LANGUAGE sql STABLE AS $$
  SELECT entered_as IS NOT NULL AND entered_as <> now_as AND EXISTS (
    SELECT FROM leads same
    JOIN enrolments other ON other.lead_id = same.id AND other.sequence_id = through AND other.status = 'open'
    WHERE same.user_id = owner AND same.phone = now_as AND same.id <> walker AND (other.person = now_as OR other.id < walk))
$$;
