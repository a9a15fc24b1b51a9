-- Keeps what is wrong with lines, the first ones of an import and no more than so many. Only the holder of the lease commits it, so nobody
-- else adds any between the count and the rows.
INSERT INTO import_rejections (import_id, line, header, reason)
SELECT $1, r.line, r.header, r.reason
  FROM unnest($2::bigint[], $3::text[], $4::text[]) WITH ORDINALITY AS r (line, header, reason, n)
 ORDER BY r.n
 LIMIT greatest(0, $5::bigint - (SELECT count(*) FROM import_rejections WHERE import_id = $1))
