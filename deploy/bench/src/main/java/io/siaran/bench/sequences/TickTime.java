package io.siaran.bench.sequences;

import io.siaran.bench.queue.Report;
import io.siaran.bench.queue.Wait;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long it takes until Kafka has the steps that are due, with much and with little stored, a third of it blocked by devices that are
 * offline or a sequence that is inactive; and what a look costs where nothing is due.
 */
final class TickTime {

    private static final double BAR_SECONDS = 1;
    private static final double BAR_RATIO = 1.3;
    private static final double BAR_IDLE_MILLIS = 20;
    private static final String LOOKS = """
            SELECT coalesce(min(extract(epoch FROM query_start) * 1e6), 0)::bigint FROM pg_stat_activity
            WHERE state = 'active' AND query LIKE '-- Looks at the steps that are due%'
            """;
    private static final int ROUNDS = 5;
    private static final int IDLE_LOOKS = 30;
    private static final int STEPS = 30;

    private final Site site;

    TickTime(Site site) {
        this.site = site;
    }

    void measure(Report report, int stored, int due) throws Exception {
        double few = tick(stored / 10, due);
        double many = tick(stored, due);
        report.atMost(
                BAR_SECONDS,
                "%,d due of %,d, %,d blocked".formatted(due, stored, stored / 3),
                "fired in %.2f s".formatted(many),
                "seconds",
                many);
        report.atMost(
                BAR_RATIO,
                "the same beside %,d stored".formatted(stored / 10),
                "%.2f s".formatted(many),
                "%.2f s".formatted(few),
                many / few);
        double idle = idle();
        report.atMost(BAR_IDLE_MILLIS, "a look where nothing is due", "%.1f ms".formatted(idle), "milliseconds", idle);
    }

    /**
     * Seconds from the look that finds what fell due at once until all of it is fired, the median of several times. The wait for that
     * look is none of it: the scheduler looks once a second at the most, and every 15 s as a rule.
     */
    private double tick(int stored, int due) throws Exception {
        store(stored, due);
        System.out.printf(
                "%,d blocked are parked in %.1f s%n",
                stored / 3,
                Site.until(
                        "all that is blocked is parked",
                        () -> site.sql("SELECT count(*) FROM sequence_contacts WHERE parked_for IS NOT NULL")
                                >= stored / 3));
        site.sql("VACUUM ANALYZE sequence_contacts", "CHECKPOINT");
        List<Double> times = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            site.sql("""
                    UPDATE sequence_contacts SET next_trigger_time = clock_timestamp()
                    WHERE id IN (SELECT id FROM sequence_contacts WHERE status = 'active' AND fired_at IS NULL AND parked_for IS NULL
                      LIMIT %d)
                    """.formatted(due));
            long begun = found();
            Wait.until(
                    "those that are due are fired",
                    () -> site.sql(
                                    "SELECT count(*) FROM sequence_contacts WHERE fired_at IS NOT NULL AND status = 'active'")
                            >= due);
            times.add((now() - begun) / 1e6);
            site.sql("""
                    UPDATE sequence_contacts SET fired_at = NULL, processing_device_id = NULL, went_out = false, lease_until = NULL,
                      next_trigger_time = clock_timestamp() + interval '1 day'
                    WHERE fired_at IS NOT NULL AND status = 'active'
                    """, "VACUUM sequence_contacts");
        }
        times.sort(Comparator.naturalOrder());
        return times.get(ROUNDS / 2);
    }

    /** When the database began to lease them, in its microseconds: that takes some tens of milliseconds, so that no look is missed. */
    private long found() throws Exception {
        AtomicLong begun = new AtomicLong();
        try (Connection connection = site.connect();
                PreparedStatement looks = connection.prepareStatement(LOOKS)) {
            Wait.until("a look finds them", Duration.ofMillis(2), () -> {
                try (ResultSet look = looks.executeQuery()) {
                    look.next();
                    begun.set(look.getLong(1));
                }
                return begun.get() > 0;
            });
        }
        return begun.get();
    }

    private long now() throws SQLException {
        return site.sql("SELECT (extract(epoch FROM clock_timestamp()) * 1e6)::bigint");
    }

    /** A third is due and blocked, half of it by its device; of the rest each thirtieth waits for a time to come, the others follow it. */
    private void store(int stored, int due) throws Exception {
        Leads.clear(site);
        Leads.devices(site, true);
        String active = site.sequence(Site.USER, "tick", STEPS, "0");
        String paused = site.sequence(Site.USER, "paused", 1, "0");
        int blocked = stored / 3;
        int walking = Math.max((stored - blocked) / STEPS, due);
        site.sql(
                "UPDATE sequences SET status = 'active', entry_version = version WHERE id = '" + active + "'",
                "INSERT INTO sequence_reviews SELECT id, version FROM sequences ON CONFLICT (sequence_id) DO UPDATE SET version ="
                        + " excluded.version");
        // Every third device is offline: those of one half are on such, those of the other in the inactive sequence.
        walks("offline", active, blocked / 2, "i * 3 % " + Leads.DEVICES, "clock_timestamp() - interval '1 hour'", 1);
        walks(
                "paused",
                paused,
                blocked - blocked / 2,
                "i % " + Leads.DEVICES,
                "clock_timestamp() - interval '1 hour'",
                1);
        walks("tick", active, walking, "(i * 3 + 1) % " + Leads.DEVICES, "clock_timestamp() + interval '1 day'", STEPS);
        site.sql("VACUUM ANALYZE");
        System.out.printf("%,d stored%n", site.sql("SELECT count(*) FROM sequence_contacts"));
    }

    private void walks(String name, String sequence, int walks, String device, String time, int steps)
            throws SQLException {
        site.sql(
                """
                INSERT INTO leads (id, user_id, device_id, phone, name, niches, target_status, attributes, version, deleted)
                SELECT %s, '%s', %s, (60120000000 + i)::text, 'Name ' || i, '{}', 'prospect', '{}', 1, false
                FROM generate_series(0, %d) AS i
                """.formatted(Leads.lead(name, "i"), Site.USER, Leads.device(device), walks - 1),
                """
                INSERT INTO lead_triggers (lead_id, user_id, trigger, assignment)
                SELECT %s, '%s', '%s', 1 FROM generate_series(0, %d) AS i
                """.formatted(Leads.lead(name, "i"), Site.USER, name, walks - 1),
                """
                INSERT INTO enrolments (id, user_id, sequence_id, lead_id, trigger, assignment, tokens, entered_status,
                  entry_step_id, time_zone, status, entered_at, chain_id)
                SELECT md5('%1$s' || 'e' || i)::uuid, '%2$s', s.id, %3$s, '%1$s', 1, '{}', 'prospect', p.id, 'Asia/Kuala_Lumpur', 'open',
                  clock_timestamp(), md5('%1$s' || 'e' || i)::uuid
                FROM generate_series(0, %4$d) AS i, sequences s, sequence_steps p
                WHERE s.id = '%5$s' AND p.sequence_id = s.id AND p.is_entry_point
                """.formatted(name, Site.USER, Leads.lead(name, "i"), walks - 1, sequence),
                """
                INSERT INTO sequence_contacts (id, user_id, enrolment_id, sequence_id, step_id, lead_id, current_step, status,
                  next_trigger_time, message_id, plan_version, waits_since, device_id)
                SELECT md5('%1$s' || 'c' || p.day_number || ':' || i)::uuid, '%2$s', md5('%1$s' || 'e' || i)::uuid, s.id, p.id, %3$s,
                  p.day_number, CASE WHEN p.day_number = 1 THEN 'active' ELSE 'pending' END,
                  %6$s + make_interval(days => p.day_number - 1),
                  CASE WHEN p.day_number = 1 THEN overlay(md5('%1$s' || 'm' || i) PLACING '8000' FROM 13 FOR 4)::uuid END, s.plan_version, clock_timestamp(), %7$s
                FROM generate_series(0, %4$d) AS i, sequences s, sequence_steps p
                WHERE s.id = '%5$s' AND p.sequence_id = s.id AND p.day_number <= %8$d
                """.formatted(
                                name,
                                Site.USER,
                                Leads.lead(name, "i"),
                                walks - 1,
                                sequence,
                                time,
                                Leads.device(device),
                                steps));
    }

    /** Milliseconds of the statements that a look runs, where nothing is due: the median. What they would change is undone. */
    private double idle() throws Exception {
        List<Double> times = new ArrayList<>();
        try (Connection connection = site.connect();
                Statement statement = connection.createStatement()) {
            prepare(statement, "taking", "enrolment/take-reviews.sql");
            prepare(statement, "marking", "enrolment/begin-marking.sql");
            prepare(statement, "marking_devices", "enrolment/find-devices-to-mark.sql");
            prepare(statement, "clearing", "firing/find-cleared-obstacles.sql");
            prepare(statement, "whose", "firing/find-due-users.sql");
            connection.setAutoCommit(false);
            for (int look = 0; look < IDLE_LOOKS; look++) {
                long from = System.nanoTime();
                for (int rank = 1; rank <= 3; rank++) {
                    statement.execute("EXECUTE taking(" + rank + ", 500, '')");
                }
                statement.execute("EXECUTE marking");
                statement.execute("EXECUTE marking_devices(3600)");
                statement.execute("EXECUTE clearing(100)");
                statement.execute("EXECUTE whose(1000)");
                times.add((System.nanoTime() - from) / 1e6);
                connection.rollback();
            }
        }
        times.sort(Comparator.naturalOrder());
        return times.get(IDLE_LOOKS / 2);
    }

    private static void prepare(Statement statement, String name, String file) throws SQLException, IOException {
        try (InputStream sql = TickTime.class.getResourceAsStream("/io/siaran/sequence/" + file)) {
            statement.execute("PREPARE " + name + " AS " + new String(sql.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
