-- What is kept of a person, the newest 2,000 of a kind. $1 user, $2 phone. A lead that was deleted is still a row.
SELECT fact::text
  FROM ((SELECT jsonb_build_object(
           'kind', 'lead', 'id', id, 'device_id', device_id, 'phone', phone, 'name', name, 'niche', niche,
           'target_status', target_status, 'trigger', trigger, 'attributes', attributes, 'consent_source', consent_source,
           'consent_at', consent_at, 'deleted', deleted, 'created_at', created_at, 'updated_at', updated_at) AS fact
           FROM leads
          WHERE (user_id = $1 AND phone = $2 AND NOT deleted) OR (user_id = $1 AND phone = $2 AND deleted)
          ORDER BY id DESC
          LIMIT 2000)
        UNION ALL
        (SELECT jsonb_build_object(
           'kind', 'suppression', 'phone', phone, 'reason', reason, 'source', source, 'lifted', deleted,
           'decided_at', decided_at)
           FROM suppressions
          WHERE user_id = $1 AND phone = $2)
        UNION ALL
        (SELECT jsonb_build_object(
           'kind', 'opt_out_reply', 'id', id, 'device_id', device_id, 'phone', phone, 'text', text, 'verdict', verdict,
           'decision', decision, 'written_at', written_at)
           FROM opt_out_replies
          WHERE user_id = $1 AND phone = $2
          ORDER BY id DESC
          LIMIT 2000)
        UNION ALL
        (SELECT jsonb_build_object('kind', 'last_written', 'phone', phone, 'written_at', written_at, 'written_before', written_before)
           FROM written_people
          WHERE user_id = $1 AND phone = $2)
        UNION ALL
        (SELECT jsonb_build_object(
           'kind', 'campaign_reply', 'campaign_id', r.campaign_id, 'run', r.run, 'phone', r.phone, 'device_id', r.device_id,
           'replied_at', r.replied_at)
           FROM campaign_replies r
           JOIN campaigns c ON c.id = r.campaign_id AND c.user_id = $1
          WHERE r.phone = $2
          ORDER BY r.replied_at DESC
          LIMIT 2000)
        UNION ALL
        (SELECT jsonb_build_object('kind', 'early_reply', 'phone', phone, 'device_id', device_id, 'replied_at', replied_at)
           FROM early_replies
          WHERE user_id = $1 AND phone = $2
          ORDER BY replied_at DESC
          LIMIT 2000)) AS kept
