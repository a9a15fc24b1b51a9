package io.siaran.bench.gateway;

import io.siaran.bench.PackagedService;
import io.siaran.localstack.simulator.Delivery;
import io.siaran.model.DeviceId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A fleet at human pace whose platform answers every message with "no" for a time, and then serves again; dispatch and gateway
 * are the real ones. What was burnt, how often was the platform called meanwhile, and how soon is the fleet at full pace again?
 */
final class Outage {

    /** Pauses of 10 to 30 s: what a device sends in a minute. */
    private static final int A_MINUTE = 3;

    private static final Duration BEFORE = Duration.ofSeconds(90);
    private static final Duration AFTER = Duration.ofSeconds(120);
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final double FULL = 0.9;
    private static final double RECOVERY_BAR_SECONDS = 60;
    private static final double CALLS_BAR = 2;

    private final Site site;
    private final Fleet fleet;
    private final int size;
    private final Duration length;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Outage(Site site, Fleet fleet, int size, Duration length) {
        this.site = site;
        this.fleet = fleet;
        this.size = size;
        this.length = length;
    }

    void run(Figures figures) throws Exception {
        try (PackagedService gateway = site.gateway();
                PackagedService dispatch = site.dispatch();
                Backlog backlog = new Backlog(site.kafka())) {
            List<DeviceId> devices = fleet.online(size, gateway);
            awaitKnown();
            figures.phase("all devices are online");
            Instant begun = Instant.now();
            backlog.fill(devices, messagesEach());
            Thread.sleep(BEFORE);
            figures.phase("the platform goes down");
            Instant down = Instant.now();
            fault();
            Thread.sleep(length);
            figures.phase("the platform is back");
            Instant back = Instant.now();
            heal();
            Thread.sleep(AFTER);
            judge(figures, new Times(begun, down, back));
        }
    }

    /** @param begun when the first message was published */
    private record Times(Instant begun, Instant down, Instant back) {}

    private int messagesEach() {
        Duration serving = BEFORE.plus(AFTER);
        return (int) (serving.toMinutes() * A_MINUTE) + 2 * A_MINUTE;
    }

    /** A message of a device that dispatch does not know yet would only wait. */
    private void awaitKnown() throws Exception {
        while (site.sql(Site.DISPATCH, "SELECT count(*) FROM device_queue WHERE status = 'online'") < size) {
            Thread.sleep(500);
        }
    }

    private void judge(Figures figures, Times times) throws Exception {
        List<Delivery> deliveries = site.simulator().deliveries().stream()
                .filter(delivery -> delivery.at().isAfter(times.begun()))
                .toList();
        figures.note(
                "%,d devices, 10 to 30 s, the platform down for %d s: messages sent"
                        .formatted(size, length.toSeconds()),
                Figures.number(deliveries.size()));
        figures.atMost("  messages burnt (failed or unknown)", burnt(), 0);
        figures.note("  messages that came back for the platform's trouble", Figures.number(cameBack()));
        judgeCalls(figures, times);
        figures.note("  messages a second, the last half minute before", Figures.number(pace(deliveries, times)));
        figures.atMost(
                "  seconds from back to full pace (90 % of that)",
                recovery(deliveries, times).toMillis() / 1_000.0, RECOVERY_BAR_SECONDS);
        figures.atMost("  messages sent twice, by what the phones received", doubles(deliveries), 0);
        figures.atMost("  pauses too short, by the journal", tooShortByTheJournal(), 0);
    }

    private long burnt() throws Exception {
        return site.sql(Site.DISPATCH, "SELECT count(*) FROM broadcast_messages WHERE status IN ('failed', 'unknown')");
    }

    private long cameBack() throws Exception {
        return site.sql("SELECT count(*) FROM send_journal WHERE reason = 'platform_trouble'");
    }

    private void judgeCalls(Figures figures, Times times) throws Exception {
        String calls =
                "send_journal WHERE started_at >= '%s' AND started_at < '%s'".formatted(times.down(), times.back());
        double minutes = length.toMillis() / 60_000.0;
        figures.atMost(
                "  calls while down, a device and minute",
                site.sql("SELECT count(*) FROM " + calls) / minutes / size,
                CALLS_BAR);
        figures.atMost(
                "  the same of the device that called most",
                site.sql("SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM " + calls
                                + " GROUP BY device_id) AS each")
                        / minutes,
                CALLS_BAR);
    }

    private static double pace(List<Delivery> deliveries, Times times) {
        Duration last = Duration.ofSeconds(30);
        return within(deliveries, times.down().minus(last), last) / (double) last.toSeconds();
    }

    /** Until the end of the first ten seconds at full pace. */
    private static Duration recovery(List<Delivery> deliveries, Times times) {
        double full = FULL * pace(deliveries, times) * WINDOW.toSeconds();
        for (Duration passed = Duration.ZERO; passed.compareTo(AFTER) < 0; passed = passed.plusSeconds(1)) {
            if (within(deliveries, times.back().plus(passed), WINDOW) >= full) {
                return passed.plus(WINDOW);
            }
        }
        return AFTER;
    }

    private static long within(List<Delivery> deliveries, Instant from, Duration time) {
        return deliveries.stream()
                .filter(each -> !each.at().isBefore(from) && each.at().isBefore(from.plus(time)))
                .count();
    }

    private static long doubles(List<Delivery> deliveries) {
        Set<String> seen = new HashSet<>();
        return deliveries.stream().filter(each -> !seen.add(each.refId())).count();
    }

    private long tooShortByTheJournal() throws Exception {
        return site.sql("""
                SELECT count(*) FROM (
                  SELECT started_at - lag(ended_at) OVER (PARTITION BY device_id ORDER BY started_at) AS pause, delay_ms
                  FROM send_journal WHERE started_at IS NOT NULL) AS calls
                WHERE pause < delay_ms * interval '1 millisecond'
                """);
    }

    private void fault() throws IOException, InterruptedException {
        ask(HttpRequest.newBuilder(faults())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"kind\":\"server_error\"}")));
    }

    private void heal() throws IOException, InterruptedException {
        ask(HttpRequest.newBuilder(faults()).DELETE());
    }

    private URI faults() {
        return URI.create(site.simulator().url() + "/control/faults");
    }

    private void ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        int status = http.send(request.build(), BodyHandlers.discarding()).statusCode();
        if (status != 204) {
            throw new IllegalStateException("the simulator answered " + status);
        }
    }
}
