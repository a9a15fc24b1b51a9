-- Whether a campaign would reach anybody now. Ends at the first lead found; reads leads of this niche of this user only.
-- ?1 user, ?2 niche tag, ?3 target status, ?4 segment, empty for none.
SELECT EXISTS (
  SELECT FROM candidates(CAST(?1 AS text), CAST(?2 AS text), CAST(?3 AS text), false,
                          CAST(nullif(CAST(?4 AS text), '') AS jsonb)) WHERE refusal IS NULL)
