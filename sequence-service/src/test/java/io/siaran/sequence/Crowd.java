package io.siaran.sequence;

import io.siaran.model.DeviceId;
import io.siaran.model.SequenceId;
import io.siaran.sql.Database;
import java.util.List;

/**
 * Very many contacts of one sequence, each due at its first step, stored by SQL: as if they had entered by their trigger an hour ago.
 * To be {@link #removed} at the end: other tests share the database.
 */
public final class Crowd {

    private static final List<String> STORE = List.of("""
            INSERT INTO leads (id, user_id, device_id, phone, niches, target_status, attributes, version, deleted)
            SELECT md5($1 || i)::uuid, $1, $3, (60150000000 + i)::text, '{fitness}', 'prospect', '{}', 1, false
            FROM generate_series($5::integer + 1, $5 + $4::integer) i, (SELECT $2::uuid) unused
            """, """
            INSERT INTO lead_triggers (lead_id, user_id, trigger, assignment)
            SELECT md5($1 || i)::uuid, $1, 'crowd', 1
            FROM generate_series($5::integer + 1, $5 + $4::integer) i, (SELECT $2::uuid, $3::uuid) unused
            """, """
            INSERT INTO enrolments (id, user_id, sequence_id, lead_id, trigger, assignment, tokens, entered_status,
              entry_step_id, time_zone, status, entered_at, chain_id)
            SELECT md5($1 || 'e' || i)::uuid, $1, s.id, md5($1 || i)::uuid, 'crowd', 1, '{"crowd": 1}', 'prospect',
              p.id, 'Asia/Kuala_Lumpur', 'open', now() - interval '1 hour', md5($1 || 'e' || i)::uuid
            FROM generate_series($5::integer + 1, $5 + $4::integer) i, (SELECT $3::uuid) unused, sequences s, sequence_steps p
            WHERE s.id = $2 AND p.sequence_id = s.id AND p.is_entry_point
            """, """
            INSERT INTO sequence_contacts (id, user_id, enrolment_id, sequence_id, step_id, lead_id, current_step, status,
              next_trigger_time, message_id, plan_version, waits_since, device_id)
            SELECT md5($1 || 'c' || i)::uuid, $1, md5($1 || 'e' || i)::uuid, s.id, p.id, md5($1 || i)::uuid, 1, 'active',
              now() - interval '1 hour', overlay(md5($1 || 'm' || i) PLACING '8000' FROM 13 FOR 4)::uuid, s.plan_version, now() - interval '1 hour', $3
            FROM generate_series($5::integer + 1, $5 + $4::integer) i, sequences s, sequence_steps p
            WHERE s.id = $2 AND p.sequence_id = s.id AND p.is_entry_point
            """);

    private final Database database;
    private final SequenceId sequence;

    private Crowd(Database database, SequenceId sequence) {
        this.database = database;
        this.sequence = sequence;
    }

    public static Crowd store(Stage stage, Tenant tenant, SequenceId sequence, DeviceId device, int contacts) {
        return store(stage, tenant, sequence, device, 0, contacts);
    }

    /** @param after as many leads of the tenant: those of another crowd */
    public static Crowd store(
            Stage stage, Tenant tenant, SequenceId sequence, DeviceId device, int after, int contacts) {
        Database database = stage.database();
        STORE.forEach(
                sql -> database.run(sql, tenant.user().value(), sequence.value(), device.value(), contacts, after));
        database.run("ANALYZE leads, lead_triggers, enrolments, sequence_contacts");
        return new Crowd(database, sequence);
    }

    public void removed() {
        database.run("DELETE FROM sequence_contacts WHERE sequence_id = $1", sequence.value());
        database.run(
                "WITH gone AS (DELETE FROM enrolments WHERE sequence_id = $1 RETURNING lead_id), untagged AS"
                        + " (DELETE FROM lead_triggers WHERE lead_id IN (SELECT lead_id FROM gone))"
                        + " DELETE FROM leads WHERE id IN (SELECT lead_id FROM gone)",
                sequence.value());
    }
}
