-- Whether a campaign would reach anybody now. Ends at the first lead found; reads leads of this niche of this user only.
-- ?1 user, ?2 niche tag, ?3 target status.
SELECT EXISTS (
  SELECT FROM leads l
    JOIN devices d ON d.id = l.device_id AND d.user_id = l.user_id AND NOT d.deleted
   WHERE l.user_id = ?1
     AND NOT l.deleted
     AND l.niche_tags @> CAST(ARRAY[?2] AS text[])
     AND (?3 = 'all' OR l.target_status = ?3)
     AND NOT EXISTS (SELECT FROM suppressions s WHERE s.user_id = l.user_id AND s.phone = l.phone AND NOT s.deleted))
