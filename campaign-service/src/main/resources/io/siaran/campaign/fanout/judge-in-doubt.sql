-- Of leads whose phone may have been reached before, those that are not written to, since the run reaches the phone through
-- another lead: one that was noted before, or one before it among these. A statement of its own after hold.sql, so that it
-- sees what others have noted. $1 campaign, $2 the run under which leads are noted, $3 user, $4 leads, $5 their phones.
SELECT lead_id
  FROM (SELECT lead.lead_id,
               coalesce(known.lead_id, first_value(lead.lead_id) OVER (PARTITION BY lead.phone ORDER BY lead.lead_id)) AS through
          FROM unnest($4::uuid[], $5::text[]) AS lead (lead_id, phone)
         CROSS JOIN LATERAL run_reaches($1, $2, $3, lead.phone) AS known) AS judged
 WHERE lead_id <> through
