package io.siaran.bench.webhooks;

import io.siaran.bench.queue.Report;
import io.siaran.bench.queue.Wait;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** SIGKILL in the midst of deliveries: what is lost, what comes twice, what comes out of the order of its subject. */
final class KilledService {

    private static final int TENANTS = 50;
    private static final int EVENTS_OF_A_SUBJECT = 5;

    private final Site site;
    private final Receivers receivers;

    KilledService(Site site, Receivers receivers) {
        this.site = site;
        this.receivers = receivers;
    }

    void measure(Report report, int events) throws Exception {
        receivers.forget();
        site.webhooks("killed", TENANTS, 1, receivers.url(), false);
        int subjects = events / TENANTS / EVENTS_OF_A_SUBJECT;
        long all = site.sql("""
                INSERT INTO new_events (user_id, type, subject, data)
                SELECT 'killed-' || tenant, 'message.sent', 'subject-' || subject, '{}'
                FROM generate_series(1, %d) AS n, generate_series(1, %d) AS subject, generate_series(1, %d) AS tenant
                """.formatted(EVENTS_OF_A_SUBJECT, subjects, TENANTS));
        for (int share = 1; share <= 2; share++) {
            long arrived = all * share / 4;
            Wait.until(
                    "enough came for a kill", () -> receivers.heard("/killed/").size() >= arrived);
            site.killAndStartAgain();
        }
        double took = Wait.until(
                "all that waits is delivered",
                () -> site.sql("SELECT count(*) FROM webhook_lanes AS l"
                                + " JOIN webhooks AS w ON w.id = l.webhook_id WHERE w.user_id LIKE 'killed-%'")
                        == 0);
        tell(report, receivers.heard("/killed/"), all, took);
    }

    private static void tell(Report report, List<Receivers.Heard> heard, long all, double took) {
        Set<String> met = new HashSet<>();
        Map<String, Long> last = new HashMap<>();
        long outOfOrder = 0;
        for (Receivers.Heard each : heard) {
            if (met.add(each.path() + each.id())) {
                long before = last.getOrDefault(each.path() + each.subject(), 0L);
                outOfOrder += each.sequence() < before ? 1 : 0;
                last.merge(each.path() + each.subject(), each.sequence(), Math::max);
            }
        }
        String what = "%,d deliveries, killed twice".formatted(all);
        report.atMost(0, what, "%,d events arrived".formatted(met.size()), "lost", all - met.size());
        report.atMost(0, what, "%,d out of order".formatted(outOfOrder), "per subject", outOfOrder);
        report.note("of them again, under the same id", "%,d".formatted(heard.size() - met.size()));
        report.note("from the last start to the last delivery", "%.1f s".formatted(took));
    }
}
