-- The texts of a list. Immutable, so that PostgreSQL knows them before it plans.
CREATE OR REPLACE FUNCTION texts(list jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(array_agg(each), '{}') FROM jsonb_array_elements_text(coalesce(list, '[]')) AS each
$$;

-- What the attributes of a lead have in them that has one of these values: objects of one key, for the index of attributes.
CREATE OR REPLACE FUNCTION any_of(wanted jsonb) RETURNS jsonb[] LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(array_agg(jsonb_build_object(wanted ->> 'key', value)), '{}')
    FROM jsonb_array_elements_text(coalesce(wanted -> 'in', '[]')) AS value
$$;

-- Whom a campaign concerns, and why it leaves somebody out: the one place that says so, for the fan-out, the preview, the
-- warning of an empty audience and the question why. One row a lead of the niche; `refusal` is null for those who are
-- written to. What only several leads together decide (the same phone on two devices), or only the text (its length for a
-- platform), is said by whoever asks. `segment` narrows the niche (planning/Segment); null: all of it.
-- A plain SELECT, so that PostgreSQL makes it part of the statement that calls it, with the caller's order and limit. The
-- device is joined from the left: its user's leads are nearly all on its user's devices, which PostgreSQL cannot know; as an
-- inner join it expected few of them, and read all to sort them (757 ms a page instead of 22 ms, 200,000 leads).
-- The suppressions are joined as well: a page looks up those of its own leads, a preview reads those of the user once. As an
-- EXISTS, PostgreSQL may read all of them, of every user, into memory for each page.
-- A segment has at most five attributes. What is said of it is known before PostgreSQL plans, and what is not said is no condition.
-- What stands in the WHERE is found by index where it is rare: the tags by the one of niches, the first attribute by the one of
-- attributes, the time of creation by the ids, which rise with it.
-- Who was written to lately is asked as of `as_of`, the beginning of a fan-out; null: now. What a run sends itself leaves nobody out of
-- its next text or of a repetition. Only the latest time is kept, so then neither does what was sent before that time.
-- What it returns cannot be replaced.
DROP FUNCTION IF EXISTS candidates(text, text, text, boolean, jsonb);

CREATE FUNCTION candidates(
    of_user text, tag text, wanted_status text, skip_offline boolean, segment jsonb)
  RETURNS TABLE (
    id uuid, device_id uuid, phone text, name text, attributes jsonb, version bigint, platform text, created_at timestamptz, refusal text)
  LANGUAGE sql STABLE ROWS 1000 AS $$
  SELECT l.id, l.device_id, l.phone, l.name, l.attributes, l.version, d.platform, l.created_at,
    CASE
      WHEN wanted_status <> 'all' AND l.target_status <> wanted_status THEN 'wrong_status'
      WHEN s.phone IS NOT NULL THEN 'opted_out'
      WHEN d.id IS NULL OR d.user_id <> l.user_id OR d.deleted THEN 'device_gone'
      WHEN skip_offline AND d.status <> 'online' THEN 'device_offline'
      WHEN w.phone IS NOT NULL THEN 'written_recently'
    END
    FROM leads l
    LEFT JOIN devices d ON d.id = l.device_id
    LEFT JOIN suppressions s ON s.user_id = l.user_id AND s.phone = l.phone AND NOT s.deleted
    LEFT JOIN written_people w ON w.user_id = l.user_id AND w.phone = l.phone
          AND w.written_at <= coalesce((segment ->> 'as_of')::timestamptz, 'infinity')
          AND w.written_at > coalesce((segment ->> 'as_of')::timestamptz, now())
            - (segment ->> 'not_written_within_days')::integer * interval '1 day'
   WHERE l.user_id = of_user
     AND NOT l.deleted
     AND l.niche_tags @> (ARRAY[tag]::text[] || texts(segment -> 'tags_all'))
     AND (segment -> 'tags_any' IS NULL OR l.niche_tags && texts(segment -> 'tags_any'))
     AND (segment -> 'tags_none' IS NULL OR NOT l.niche_tags && texts(segment -> 'tags_none'))
     AND (segment ->> 'created_after' IS NULL OR l.created_at >= (segment ->> 'created_after')::timestamptz)
     AND (segment ->> 'created_before' IS NULL OR l.created_at < (segment ->> 'created_before')::timestamptz)
     AND (segment ->> 'first_id' IS NULL OR l.id >= (segment ->> 'first_id')::uuid)
     AND (segment ->> 'last_id' IS NULL OR l.id <= (segment ->> 'last_id')::uuid)
     AND (segment #> '{attributes,0}' IS NULL
          OR (l.attributes <> '{}' AND l.attributes @> ANY (any_of(segment #> '{attributes,0}'))))
     AND (segment #> '{attributes,1}' IS NULL OR l.attributes @> ANY (any_of(segment #> '{attributes,1}')))
     AND (segment #> '{attributes,2}' IS NULL OR l.attributes @> ANY (any_of(segment #> '{attributes,2}')))
     AND (segment #> '{attributes,3}' IS NULL OR l.attributes @> ANY (any_of(segment #> '{attributes,3}')))
     AND (segment #> '{attributes,4}' IS NULL OR l.attributes @> ANY (any_of(segment #> '{attributes,4}')))
$$;
