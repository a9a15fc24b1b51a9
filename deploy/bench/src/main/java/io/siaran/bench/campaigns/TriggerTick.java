package io.siaran.bench.campaigns;

import io.siaran.bench.queue.Report;
import io.siaran.bench.queue.Wait;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How long it takes until what is due is triggered: with much and with little stored, and with very many due at once. */
final class TriggerTick {

    private static final double BAR_RATIO = 1.3;
    private static final double BAR_SECONDS = 60;
    private static final int DUE = 10;
    private static final int ROUNDS = 9;
    private static final String DEADLOCK = "40P01";
    private static final int ATTEMPTS = 20;

    private final Site site;

    TriggerTick(Site site) {
        this.site = site;
    }

    void measureTick(Report report, int stored) throws Exception {
        double few = tick(100);
        double many = tick(stored);
        report.atMost(
                BAR_RATIO,
                "%d due are triggered, %,d stored".formatted(DUE, stored),
                "%.0f ms".formatted(many),
                "100 stored: %.0f ms".formatted(few),
                many / few);
    }

    /** Milliseconds until ten that fall due are triggered, the median of several times; the service looks every 100 ms. */
    private double tick(int stored) throws Exception {
        clear();
        store(stored, "clock_timestamp() + interval '1 day'");
        site.sql("ANALYZE campaigns");
        List<Double> times = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            site.sql("UPDATE campaigns SET scheduled_at = date_trunc('milliseconds', clock_timestamp()) WHERE id IN"
                    + " (SELECT id FROM campaigns WHERE status = 'scheduled' LIMIT " + DUE + ")");
            long triggered = (long) DUE * (round + 1);
            times.add(1_000
                    * Wait.until(
                            "those that are due are triggered",
                            // One that reaches nobody is completed soon after, and was triggered all the same.
                            () -> site.sql("SELECT count(*) FROM campaigns WHERE status <> 'scheduled'") >= triggered));
        }
        times.sort(Comparator.naturalOrder());
        return times.get(ROUNDS / 2);
    }

    void measureDue(Report report, int campaigns) throws Exception {
        clear();
        store(campaigns, "clock_timestamp() + interval '1 hour'");
        site.sql("UPDATE campaigns SET scheduled_at = clock_timestamp()");
        double seconds = Wait.until(
                "all have begun",
                () -> site.sql("SELECT count(*) FROM fanouts f JOIN campaigns c ON c.id = f.campaign_id"
                                + " WHERE c.title = 'due' AND f.ended_at IS NOT NULL")
                        >= campaigns);
        report.atMost(
                BAR_SECONDS,
                "%,d campaigns due at once".formatted(campaigns),
                "all begun and ended in %.1f s".formatted(seconds),
                "seconds",
                seconds);
    }

    /** The service looks at these tables all the time, in another order than they are emptied in: whoever meets it gives way. */
    private void clear() throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                site.sql("SET deadlock_timeout = '100ms'", "TRUNCATE campaigns CASCADE");
                return;
            } catch (SQLException met) {
                if (!DEADLOCK.equals(met.getSQLState()) || attempt == ATTEMPTS) {
                    throw met;
                }
            }
        }
    }

    private void store(int campaigns, String time) throws SQLException {
        site.sql("""
                INSERT INTO campaigns (id, user_id, title, message, niche, niche_tag, target_status, campaign_date, time_schedule,
                                       time_zone, offline_devices, duplicate_phones, late_policy, expire_after, scheduled_at, run,
                                       status, version, created_at, updated_at)
                SELECT gen_random_uuid(), '%s', 'due', 'Hi', 'nobody', 'nobody', 'all', current_date, '10:00', 'UTC', 'hold',
                       'once', 'send', 'P7D', date_trunc('milliseconds', %s), 1, 'scheduled', 1, clock_timestamp(), clock_timestamp()
                  FROM generate_series(1, %d)
                """.formatted(Site.USER, time, campaigns));
    }
}
