package io.siaran.bench.queue;

import io.siaran.model.BroadcastMessage;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Writes into the queue behind the service's back: what the measured part begins with, never what it measures. */
final class Rows {

    private static final String COPY = "COPY %s (id, kind, user_id, device_id, lead_id, campaign_id, run,"
            + " recipient_phone, recipient_name, niche, type, message, min_delay, max_delay, time_zone, scheduled_at,"
            + " expires_at, due_at) FROM STDIN";

    /** Where everything is that is measured: planned now, or within hours. */
    private static final String OPEN_MONTHS = partition(0) + ", " + partition(1);

    private static final String IN_FLIGHT =
            "SELECT (SELECT count(*) FROM broadcast_messages WHERE status = 'processing')"
                    + " + (SELECT count(*) FROM outbox)";

    private static final String DEADLOCK = "40P01";
    private static final int TRIES = 10;

    private static final String[] VACUUM_THE_REST = {"VACUUM (ANALYZE) device_queue", "VACUUM outbox", "CHECKPOINT"};

    private final Connection connection;

    Rows(Connection connection) {
        this.connection = connection;
    }

    void execute(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /**
     * An empty queue of online devices that have nothing to do; the next measurement owes nothing to the one before. What is
     * in flight comes back first: its news would be taken for those of the next.
     */
    void reset() throws Exception {
        insist("UPDATE device_queue SET status = 'offline'");
        Wait.until("nothing is in flight or untold", () -> number(IN_FLIGHT) == 0);
        insist("TRUNCATE " + OPEN_MONTHS + ", status_deltas, campaign_counts, device_counts, message_counts, outbox");
        insist(
                "UPDATE device_queue SET status = 'online', next_due = 'infinity', held_until = NULL, hold_reason = NULL");
        // Not the emptied months: PostgreSQL plans for a table that it believes to be empty as if any index would do.
        execute(VACUUM_THE_REST);
    }

    /**
     * Runs a statement that takes many rows or tables at once while the service works on them. The service takes them in an
     * order of its own, several in one transaction, which no order of ours can match: whoever PostgreSQL picks to end a
     * deadlock tries again. Each statement is a transaction, so that a second try begins from nothing.
     */
    private void insist(String statement) throws SQLException {
        for (int tries = 1; ; tries++) {
            try {
                execute(statement);
                return;
            } catch (SQLException failure) {
                if (tries == TRIES || !DEADLOCK.equals(failure.getSQLState())) {
                    throw failure;
                }
            }
        }
    }

    /** Vacuums and writes out what is dirty, so that neither is paid for by the next measurement. */
    void settle() throws SQLException {
        execute("VACUUM (ANALYZE) " + OPEN_MONTHS);
        execute(VACUUM_THE_REST);
    }

    void devices() throws SQLException {
        String sql = "INSERT INTO device_queue (device_id, user_id, status, version) VALUES (?, ?, 'online', 1)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int n = 0; n < Fleet.DEVICES; n++) {
                insert.setObject(1, Fleet.device(n).value());
                insert.setString(2, Fleet.owner(n).value());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** A year of months that have ended, with a thousand sent messages each: no queue is new for long. */
    void months() throws SQLException {
        execute(
                """
                INSERT INTO broadcast_messages (id, kind, user_id, device_id, recipient_phone, type, message, time_zone,
                  scheduled_at, due_at, status, sent_at)
                SELECT (left(first_id(month)::text, 14) || '8' || substr(md5(i::text), 1, 3) || '-a' || substr(md5(i::text), 4, 3)
                    || '-' || substr(md5(i::text), 7, 12))::uuid,
                  'direct', device.user_id, device.device_id, '60123456789', 'text', 'Hi', 'UTC', month, month, 'sent', month
                FROM (SELECT (date_trunc('month', now() AT TIME ZONE 'UTC') - n * interval '1 month')::date AS month
                  FROM generate_series(1, 12) AS n) AS past
                CROSS JOIN (SELECT user_id, device_id, row_number() OVER () AS i FROM device_queue LIMIT 1000) AS device""",
                "SELECT add_month(month) FROM missing_months() AS month",
                "UPDATE queue_bounds SET open_from = first_id(date_trunc('month', now() AT TIME ZONE 'UTC')::date)");
    }

    /** As intake would have stored them, triggers and all. The devices do not hear of it: see {@link #wake}. */
    void copy(String table, Iterable<BroadcastMessage> messages) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY.formatted(table));
        for (BroadcastMessage message : messages) {
            byte[] line = line(message).getBytes(StandardCharsets.UTF_8);
            copy.writeToCopy(line, 0, line.length);
        }
        copy.endCopy();
    }

    /** Every device has something to do now. */
    void wake() throws SQLException {
        insist("UPDATE device_queue SET next_due = least(next_due, now())");
    }

    private static String partition(int ahead) {
        YearMonth month = YearMonth.now(ZoneOffset.UTC).plusMonths(ahead);
        return "broadcast_messages_%04d_%02d".formatted(month.getYear(), month.getMonthValue());
    }

    private static String line(BroadcastMessage m) {
        return String.join(
                        "\t",
                        List.of(
                                m.id().toString(),
                                m.kind().wire(),
                                m.userId().value(),
                                m.deviceId().value().toString(),
                                m.leadId().value().toString(),
                                m.campaignId().value().toString(),
                                Integer.toString(m.run()),
                                m.recipientPhone().digits(),
                                m.recipientName(),
                                m.niche(),
                                m.type().wire(),
                                m.message().replace("\n", "\\n"),
                                m.minDelay().toString(),
                                m.maxDelay().toString(),
                                m.timeZone().getId(),
                                m.scheduledAt().toString(),
                                time(m.expiresAt()),
                                m.scheduledAt().toString()))
                + "\n";
    }

    private static String time(Instant time) {
        return time == null ? "\\N" : time.toString();
    }
}
