package io.siaran.bench.gateway;

import io.siaran.bench.PackagedService;
import io.siaran.localstack.simulator.Delivery;
import io.siaran.model.DelayRange;
import io.siaran.model.DeviceId;
import io.siaran.model.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** A fleet that speaks as people do, 10 to 30 s apart: was any pause too short, and how exactly was each kept? */
final class HumanPace {

    /** What the JIT takes on two cores. */
    private static final Duration WARM_UP = Duration.ofSeconds(60);

    private static final int IN_FLIGHT = 4;
    private static final double LATENESS_BAR_MS = 100;

    private final Site site;
    private final Fleet fleet;
    private final int size;
    private final Duration length;

    HumanPace(Site site, Fleet fleet, int size, Duration length) {
        this.site = site;
        this.fleet = fleet;
        this.size = size;
        this.length = length;
    }

    void run(Figures figures) throws Exception {
        try (PackagedService gateway = site.gateway();
                Queue queue = new Queue(site.kafka(), () -> DelayRange.DEFAULT)) {
            List<DeviceId> devices = fleet.online(size, gateway);
            Instant begun = Instant.now();
            Duration processor = Usage.processor(gateway.process());
            queue.fill(devices, IN_FLIGHT);
            Thread.sleep(length);
            double cores =
                    (double) Usage.processor(gateway.process()).minus(processor).toNanos() / length.toNanos();
            figures.note(
                    "%,d devices, 10 to 30 s, %d min: messages".formatted(size, length.toMinutes()),
                    Figures.number(queue.accepted()));
            judge(begun, figures);
            figures.note("  processor of the gateway, cores", Figures.number(cores));
            figures.note("  most memory of the gateway, MiB", Figures.number(Usage.mostResidentMiB(gateway.process())));
        }
    }

    private void judge(Instant begun, Figures figures) throws Exception {
        List<Pause> pauses = pauses(begun);
        figures.atMost(
                "  pauses too short, by what the phones received",
                pauses.stream().filter(Pause::isTooShort).count(),
                0);
        figures.atMost("  pauses too short, by the journal", tooShortByTheJournal(), 0);
        long[] late = pauses.stream()
                .filter(pause -> pause.end().isAfter(begun.plus(WARM_UP)))
                .mapToLong(pause -> pause.lateness().toMillis())
                .sorted()
                .toArray();
        figures.note("  lateness after the first minute, ms: p50", Long.toString(percentile(late, 50)));
        figures.atMost("  p99", percentile(late, 99), LATENESS_BAR_MS);
        figures.note("  max", Long.toString(late[late.length - 1]));
    }

    /** The time between two messages of a phone, the delay that was drawn for the second, and when dispatch released that. */
    private record Pause(Instant begin, Instant end, Duration drawn, Instant released) {

        boolean isTooShort() {
            return begin.plus(drawn).isAfter(end);
        }

        Duration lateness() {
            Instant allowed = begin.plus(drawn);
            return Duration.between(allowed.isAfter(released) ? allowed : released, end);
        }
    }

    private List<Pause> pauses(Instant begun) throws Exception {
        Map<String, List<Delivery>> byDevice = site.simulator().deliveries().stream()
                .filter(delivery -> delivery.at().isAfter(begun))
                .collect(Collectors.groupingBy(Delivery::device));
        Map<UUID, Duration> drawn = drawnDelays();
        List<Pause> pauses = new ArrayList<>();
        for (List<Delivery> deliveries : byDevice.values()) {
            for (int i = 1; i < deliveries.size(); i++) {
                UUID id = UUID.fromString(deliveries.get(i).refId());
                pauses.add(new Pause(
                        deliveries.get(i - 1).at(),
                        deliveries.get(i).at(),
                        drawn.get(id),
                        new MessageId(id).planned()));
            }
        }
        return pauses;
    }

    private Map<UUID, Duration> drawnDelays() throws Exception {
        try (var connection = site.connect();
                var query = connection.createStatement();
                var rows = query.executeQuery("SELECT message_id, delay_ms FROM send_journal WHERE delay_ms > 0")) {
            Map<UUID, Duration> drawn = new HashMap<>();
            while (rows.next()) {
                drawn.put(rows.getObject(1, UUID.class), Duration.ofMillis(rows.getLong(2)));
            }
            return drawn;
        }
    }

    private long tooShortByTheJournal() throws Exception {
        return site.sql("""
                SELECT count(*) FROM (
                  SELECT started_at - lag(ended_at) OVER (PARTITION BY device_id ORDER BY started_at) AS pause, delay_ms
                  FROM send_journal WHERE started_at IS NOT NULL) AS calls
                WHERE pause < delay_ms * interval '1 millisecond'
                """);
    }

    private static long percentile(long[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }
}
