package io.siaran.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.dispatch.queue.DeviceQueue;
import io.siaran.dispatch.queue.DeviceQueue.Released;
import io.siaran.dispatch.queue.MessageStore;
import io.siaran.dispatch.queue.ReleaseTerms;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.DelayRange;
import io.siaran.model.DeviceId;
import io.siaran.model.DeviceStatus;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.model.PlanStatus;
import io.siaran.model.UserId;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Sets scenes on the real database, and looks at what became of them. Time is moved by moving the rows. */
@ApplicationScoped
public class Stage {

    public static final ReleaseTerms TERMS = new ReleaseTerms(
            200,
            4,
            Duration.ofSeconds(120),
            Duration.ofSeconds(120),
            Duration.ofSeconds(80),
            DelayRange.DEFAULT,
            Duration.ofHours(6));

    private final Database database;
    private final MessageStore store;
    private final DeviceQueue devices;

    Stage(Database database, MessageStore store, DeviceQueue devices) {
        this.database = database;
        this.store = store;
        this.devices = devices;
    }

    /** An empty queue; Merah and Biru of Aminah and Hijau of Razak are online. */
    public void reset() {
        truncate(
                "TRUNCATE broadcast_messages, device_queue, withdrawals, plans, suppressions, leads, reconciliations, stops,"
                        + " status_deltas, set_aside_deltas, reason_counts, hour_counts, set_aside_messages, campaign_counts, device_counts, message_counts,"
                        + " idempotency_keys, message_facts, bulk_actions, bulk_turns, expiry_warnings, event_listeners, new_events, events,"
                        + " webhooks, webhook_deliveries, webhook_lanes, replies, walks, imports, answers, answer_counts, answer_hours, answer_months, device_months, audit_entries,"
                        + " person_erasures, erased_people");
        database.run("ALTER TABLE broadcast_messages DROP CONSTRAINT IF EXISTS refused");
        database.run("UPDATE count_check SET last_day = '1970-01-01'");
        aSecondLater();
        online(Cast.MERAH, Cast.AMINAH);
        online(Cast.BIRU, Cast.AMINAH);
        online(Cast.HIJAU, Cast.RAZAK);
    }

    /** The jobs of the application run meanwhile, in an order of their own: whoever loses against them tries again. */
    private void truncate(String tables) {
        for (int attempt = 1; ; attempt++) {
            try {
                database.run(tables);
                return;
            } catch (PgException e) {
                if (!e.getSqlState().equals("40P01") || attempt == 5) {
                    throw e;
                }
            }
        }
    }

    public void online(DeviceId device, UserId owner) {
        is(device, owner, DeviceStatus.ONLINE);
    }

    public void is(DeviceId device, UserId owner, DeviceStatus status) {
        database.run(
                "INSERT INTO device_queue (device_id, user_id, status, version) VALUES ($1, $2, $3, 1)"
                        + " ON CONFLICT (device_id) DO UPDATE SET user_id = $2, status = $3, version = 1",
                device.value(),
                owner.value(),
                status.wire());
    }

    /** A plan as a snapshot would leave it, to be reconciled. */
    public void plan(UUID plan, UserId owner, PlanStatus status, int run) {
        database.run(
                "INSERT INTO plans (id, kind, user_id, status, run, version, deleted)"
                        + " VALUES ($1, 'campaign', $2, $3, $4, 1, false)"
                        + " ON CONFLICT (id) DO UPDATE SET status = $3, run = $4",
                plan,
                owner.value(),
                status.wire(),
                run);
        toReconcile("plan", plan.toString());
    }

    /** A plan that is there, whose campaign writes to no phone twice. */
    public void writesOncePerPhone(UUID plan) {
        database.run("UPDATE plans SET once_per_phone = true WHERE id = $1", plan);
    }

    public void suppress(UserId user, String phone) {
        database.run(
                "INSERT INTO suppressions (user_id, phone, reason, decided_at, version, deleted)"
                        + " VALUES ($1, $2, 'asked by phone', '2026-11-28T02:00:00Z', 1, false)"
                        + " ON CONFLICT DO NOTHING",
                user.value(),
                phone);
        toReconcile("person", user + ":" + phone);
    }

    /** A lead as a snapshot would leave it, to be reconciled. */
    public void lead(LeadId lead, DeviceId device, boolean deleted) {
        database.run(
                "INSERT INTO leads (id, user_id, device_id, phone, name, version, deleted)"
                        + " VALUES ($1, $2, $3, $4, 'Ani', 1, $5)"
                        + " ON CONFLICT (id) DO UPDATE SET device_id = $3, deleted = $5, version = leads.version + 1",
                lead.value(),
                Cast.AMINAH.value(),
                device.value(),
                Cast.phone(lead).digits(),
                deleted);
        toReconcile("lead", lead.toString());
    }

    /** A lead whose phone and name were corrected, as a snapshot would leave it, to be reconciled. */
    public void correct(LeadId lead, DeviceId device, String phone, String name) {
        database.run(
                "INSERT INTO leads (id, user_id, device_id, phone, name, version, deleted)"
                        + " VALUES ($1, $2, $3, $4, $5, 1, false)"
                        + " ON CONFLICT (id) DO UPDATE SET device_id = $3, phone = $4, name = $5, version = leads.version + 1",
                lead.value(),
                Cast.AMINAH.value(),
                device.value(),
                phone,
                name);
        toReconcile("lead", lead.toString());
    }

    /** A device that its owner deleted so long ago that all news of its leads are in, to be reconciled. */
    public void delete(DeviceId device) {
        deleteJustNow(device);
        database.run(
                "UPDATE device_queue SET deleted_at = now() - interval '15 minutes' WHERE device_id = $1",
                device.value());
        toReconcile("device", device.toString());
    }

    /** A device that its owner deleted at this moment: its leads may have moved, and the news of that be on their way. */
    public void deleteJustNow(DeviceId device) {
        database.run("UPDATE device_queue SET deleted = true, deleted_at = now() WHERE device_id = $1", device.value());
    }

    public void toReconcile(String subject, String key) {
        database.run(
                "INSERT INTO reconciliations (subject, key) VALUES ($1, $2)"
                        + " ON CONFLICT (subject, key) DO UPDATE SET changed_at = now(), due_at = now()",
                subject,
                key);
    }

    /** A minute has passed for all that changed, and for the passes that are under way. */
    public void aMinuteLater() {
        database.run("UPDATE reconciliations SET changed_at = now() - interval '1 minute', due_at = now(),"
                + " pass_began = pass_began - interval '1 minute'");
    }

    /** The counts may be folded again. */
    public void aSecondLater() {
        database.run("UPDATE last_fold SET folded_in = '-infinity'");
    }

    public void store(BroadcastMessage... messages) {
        store(List.of(messages));
    }

    public void store(List<BroadcastMessage> messages) {
        database.doInTransaction(tx -> store.store(tx, messages));
    }

    public Released release() {
        return database.inTransaction(tx -> devices.release(tx, TERMS));
    }

    /** What is due every second, now. */
    public void fold() {
        database.run(Sql.load(Stage.class, "analytics/fold.sql"), 10_000);
    }

    public Row row(MessageId id) {
        return database.run("SELECT * FROM broadcast_messages WHERE id = $1", id.value())
                .iterator()
                .next();
    }

    public String status(MessageId id) {
        return row(id).getString("status");
    }

    /** The database refuses every change of this message, as of one whose data is bad; until the next reset. */
    public void refuseChangesOf(MessageId id) {
        database.run("ALTER TABLE broadcast_messages ADD CONSTRAINT refused CHECK (id <> '" + id + "') NOT VALID");
    }

    /** How many messages stand in each status, counted from the rows. */
    public Map<String, Long> statuses() {
        Map<String, Long> counts = new TreeMap<>();
        database.run("SELECT status, count(*) AS n FROM broadcast_messages GROUP BY status")
                .forEach(row -> counts.put(row.getString("status"), row.getLong("n")));
        return counts;
    }

    /** The same, from the counts: folded and not yet folded. */
    public Map<String, Long> countedStatuses() {
        Row sums = rows("""
                SELECT coalesce(sum(pending), 0)::bigint AS pending, coalesce(sum(processing), 0)::bigint AS processing,
                  coalesce(sum(sent), 0)::bigint AS sent, coalesce(sum(failed), 0)::bigint AS failed,
                  coalesce(sum(cancelled), 0)::bigint AS cancelled, coalesce(sum(unknown), 0)::bigint AS unknown
                FROM (SELECT pending, processing, sent, failed, cancelled, unknown FROM status_deltas
                  UNION ALL SELECT pending, processing, sent, failed, cancelled, unknown FROM device_counts) AS d
                """).getFirst();
        Map<String, Long> counts = new TreeMap<>();
        for (String status : List.of("pending", "processing", "sent", "failed", "cancelled", "unknown")) {
            if (sums.getLong(status) != 0) {
                counts.put(status, sums.getLong(status));
            }
        }
        return counts;
    }

    /** Stored = the sum of the statuses, whatever happened. */
    public void assertCountsAddUp() {
        assertThat(countedStatuses()).isEqualTo(statuses());
    }

    public List<Row> rows(String sql, Object... arguments) {
        return StreamSupport.stream(database.run(sql, arguments).spliterator(), false)
                .toList();
    }
}
