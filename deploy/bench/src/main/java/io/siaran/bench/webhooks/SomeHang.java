package io.siaran.bench.webhooks;

import io.siaran.bench.queue.Report;
import io.siaran.bench.queue.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * From a fact, a device that changes its status, to the request at the receiver, while one receiver in ten never answers. Each fact
 * is told to all webhooks of its tenant.
 */
final class SomeHang {

    private static final double BAR_SECONDS = 2;
    private static final int WEBHOOKS_OF_A_TENANT = 5;
    private static final int DEVICES_OF_A_TENANT = 10;
    private static final int TICK_MILLIS = 100;

    /** In which a service that has just started compiles itself: what users see after a restart counts, and is told by itself. */
    private static final Duration COLD = Duration.ofSeconds(5);

    private final Site site;
    private final Receivers receivers;
    private final int tenants;

    SomeHang(Site site, Receivers receivers, int webhooks) {
        this.site = site;
        this.receivers = receivers;
        this.tenants = webhooks / WEBHOOKS_OF_A_TENANT;
    }

    /** @param rate deliveries a second, those to receivers that hang included */
    void measure(Report report, int rate, int seconds) throws Exception {
        // Before anybody listens: that there are new devices is no fact of those that are measured.
        site.sql("""
                INSERT INTO device_queue (device_id, user_id, name, status, version)
                SELECT gen_random_uuid(), 'tenant-' || i, 'Device ' || n, 'online', 1
                FROM generate_series(1, %d) AS i, generate_series(1, %d) AS n
                """.formatted(tenants, DEVICES_OF_A_TENANT));
        site.webhooks("tenant", tenants, WEBHOOKS_OF_A_TENANT, receivers.url(), true);
        Instant began = Instant.now();
        happen(rate, seconds);
        long expected =
                site.sql("SELECT count(*) FROM webhook_deliveries AS d JOIN webhooks AS w ON w.id = d.webhook_id"
                        + " WHERE w.url NOT LIKE '%/hang/%'");
        Wait.until("everybody has heard", () -> receivers.heard("/tenant/").size() >= expected);
        tell(report, sorted(_ -> true));
        Instant warm = began.plus(COLD);
        tell(
                report,
                "of facts of the first %d s".formatted(COLD.toSeconds()),
                sorted(each -> each.fact().isBefore(warm)));
        tell(report, "of all later facts", sorted(each -> !each.fact().isBefore(warm)));
        long failed = site.sql("SELECT count(*) FROM webhook_deliveries AS d JOIN webhooks AS w ON w.id = d.webhook_id"
                + " WHERE w.url NOT LIKE '%/hang/%' AND d.attempts > 1");
        report.note("of them after an attempt that failed", "%,d".formatted(failed));
        report.note(
                "requests to receivers that hang",
                "%,d".formatted(receivers.heard("/hang/").size()));
    }

    private void happen(int rate, int seconds) throws Exception {
        int facts = Math.max(1, rate * TICK_MILLIS / 1_000 / WEBHOOKS_OF_A_TENANT);
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        long next = System.nanoTime();
        while (System.nanoTime() < end) {
            site.sql("""
                    UPDATE device_queue SET status = CASE status WHEN 'online' THEN 'offline' ELSE 'online' END
                    WHERE device_id IN (SELECT device_id FROM device_queue ORDER BY random() LIMIT %d)
                    """.formatted(facts));
            next += TICK_MILLIS * 1_000_000L;
            Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
        }
    }

    private void tell(Report report, List<Duration> late) {
        double p99 = seconds(late, 99);
        report.atMost(
                BAR_SECONDS,
                "fact to request, %,d webhooks, %,d hang".formatted(tenants * WEBHOOKS_OF_A_TENANT, tenants / 2),
                "p99 %.2f s of %,d".formatted(p99, late.size()),
                "p50 %.2f s, worst %.2f s".formatted(seconds(late, 50), seconds(late, 100)),
                p99);
    }

    private static void tell(Report report, String what, List<Duration> late) {
        if (!late.isEmpty()) {
            report.note(
                    what,
                    "p99 %.2f s of %,d, worst %.2f s".formatted(seconds(late, 99), late.size(), seconds(late, 100)));
        }
    }

    private List<Duration> sorted(Predicate<Receivers.Heard> which) {
        return receivers.heard("/tenant/").stream()
                .filter(which)
                .map(Receivers.Heard::late)
                .sorted()
                .toList();
    }

    private static double seconds(List<Duration> sorted, int percent) {
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100))
                        .toMillis()
                / 1e3;
    }
}
