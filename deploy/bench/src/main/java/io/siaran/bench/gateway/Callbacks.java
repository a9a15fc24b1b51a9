package io.siaran.bench.gateway;

import io.siaran.bench.PackagedService;
import io.siaran.model.DelayRange;
import io.siaran.model.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The platforms of a fleet call back while it sends at a human pace: how long does a callback wait for its 200, and does the
 * pace notice? Receipts of messages that were sent, some of them again; receipts of messages that nobody knows; replies.
 */
final class Callbacks {

    private static final Duration WARM_UP = Duration.ofSeconds(60);
    private static final int IN_FLIGHT = 4;
    private static final double ANSWER_BAR_MS = 100;
    private static final double LATENESS_BAR_MS = 100;

    /** How late a call began, after both its pause and its arrival, by the journal. */
    private static final String LATENESS = """
            SELECT coalesce(percentile_disc(0.99) WITHIN GROUP (ORDER BY late), 0)::bigint FROM (
              SELECT extract(epoch FROM started_at - (lag(ended_at) OVER of_device + delay_ms * interval '1 millisecond'))
                  * 1000 AS late, started_at
              FROM send_journal WHERE started_at IS NOT NULL
              WINDOW of_device AS (PARTITION BY device_id ORDER BY started_at)) AS calls
            WHERE late IS NOT NULL AND started_at >= '%s' AND started_at < '%s'
            """;

    private final Site site;
    private final Fleet fleet;
    private final int size;
    private final int perSecond;
    private final Duration length;

    Callbacks(Site site, Fleet fleet, int size, int perSecond, Duration length) {
        this.site = site;
        this.fleet = fleet;
        this.size = size;
        this.perSecond = perSecond;
        this.length = length;
    }

    void run(Figures figures) throws Exception {
        try (PackagedService gateway = site.gateway();
                Queue queue = new Queue(site.kafka(), Callbacks::pause)) {
            List<DeviceId> devices = fleet.online(size, gateway);
            CallingPlatforms platforms = new CallingPlatforms(site, gateway, devices);
            figures.phase("all devices are online");
            queue.fill(devices, IN_FLIGHT);
            Thread.sleep(WARM_UP);
            platforms.call(perSecond, WARM_UP.dividedBy(2));
            Instant quiet = Instant.now();
            Thread.sleep(length);
            figures.phase("the platforms call");
            Instant loud = Instant.now();
            CallingPlatforms.Answers answers = platforms.call(perSecond, length);
            Instant over = Instant.now();
            note(figures, answers);
            figures.note("  p99 of how late a call begins, ms: without callbacks", late(quiet, loud));
            figures.atMost(
                    "  p99 of how late a call begins, ms: with them",
                    Long.parseLong(late(loud, over)),
                    LATENESS_BAR_MS);
            figures.atMost("  calls that began before their pause was over", tooEarly(), 0);
            Thread.sleep(5_000);
            figures.atMost(
                    "  events that nobody looked at 5 s later",
                    site.sql("SELECT count(*) FROM callback_inbox WHERE failures = 0"),
                    0);
            figures.note(
                    "  messages that are delivered or read",
                    Figures.number(site.sql("SELECT count(*) FROM sent_messages WHERE delivered")));
        }
    }

    private void note(Figures figures, CallingPlatforms.Answers answers) {
        figures.note(
                "callbacks of %,d devices: asked for, and answered a second".formatted(size),
                perSecond + ", " + Figures.number(answers.aSecond()));
        figures.note("  answer, ms: median", Figures.number(answers.percentile(50)));
        figures.atMost("  answer, ms: p99", answers.percentile(99), ANSWER_BAR_MS);
        figures.note("  answer, ms: the slowest", Figures.number(answers.percentile(100)));
        figures.atMost("  answers that were no 200", answers.wrong(), 0);
    }

    private String late(Instant from, Instant until) throws Exception {
        return Long.toString(site.sql(LATENESS.formatted(from, until)));
    }

    private long tooEarly() throws Exception {
        return site.sql("""
                SELECT count(*) FROM (
                  SELECT started_at - lag(ended_at) OVER (PARTITION BY device_id ORDER BY started_at) AS pause, delay_ms
                  FROM send_journal WHERE started_at IS NOT NULL) AS calls
                WHERE pause < delay_ms * interval '1 millisecond'
                """);
    }

    private static DelayRange pause() {
        int seconds = ThreadLocalRandom.current().nextInt(10, 31);
        return new DelayRange(seconds, seconds);
    }
}
