package io.siaran.bench.queue;

import io.siaran.bench.queue.InstantGateway.Passage;
import io.siaran.model.BroadcastMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Release and settle with an instant gateway over Kafka, beside the bare SQL of it and beside db-scheduler. */
final class ReleaseAndSettle {

    private final Arena arena;
    private final Rows rows;
    private final InstantGateway gateway;
    private final BareSql bare;
    private final DbScheduler scheduler;
    private final Fleet fleet = new Fleet();

    private String effort = "";

    ReleaseAndSettle(Arena arena, Rows rows, InstantGateway gateway, BareSql bare, DbScheduler scheduler) {
        this.arena = arena;
        this.rows = rows;
        this.gateway = gateway;
        this.bare = bare;
        this.scheduler = scheduler;
    }

    void measure(Options options, Report report) throws Exception {
        List<Double> ours = new ArrayList<>();
        List<Double> bares = new ArrayList<>();
        List<Double> tasks = new ArrayList<>();
        List<Double> slowest = new ArrayList<>();
        List<Double> usual = new ArrayList<>();
        for (int run = -1; run < options.runs(); run++) {
            double our = passThrough(options.burst());
            List<Long> inFlight = gateway.take().stream()
                    .map(Passage::inFlight)
                    .map(d -> d.toMillis())
                    .toList();
            double beside = bare.claimAndMark(messages(options.burst()));
            double besides = scheduler.run(options.burst());
            System.out.printf(
                    "release and settle: %,.0f/s (%s); bare SQL: %,.0f/s; db-scheduler: %,.0f/s%s%n",
                    our, effort, beside, besides, run < 0 ? " (warming up)" : "");
            if (run >= 0) {
                ours.add(our);
                bares.add(beside);
                tasks.add(besides);
                slowest.add(Figures.percentile(inFlight, 99));
                usual.add(Figures.percentile(inFlight, 50));
            }
        }
        String reached = "%,.0f/s (%s)".formatted(Figures.median(ours), Figures.spread(ours));
        report.atLeast(
                0.25,
                "release + settle of %,d".formatted(options.burst()),
                reached,
                "bare claim and mark %,.0f/s (%s)".formatted(Figures.median(bares), Figures.spread(bares)),
                Figures.median(ours) / Figures.median(bares));
        report.atLeast(
                2,
                "release + settle of %,d".formatted(options.burst()),
                reached,
                "db-scheduler %,.0f/s (%s)".formatted(Figures.median(tasks), Figures.spread(tasks)),
                Figures.median(ours) / Figures.median(tasks));
        report.note("processor time of a message, the last run", effort);
        report.note(
                "from release to settled, saturated",
                "p50 %,.0f ms, p99 %,.0f ms".formatted(Figures.median(usual), Figures.median(slowest)));
    }

    /** Messages a second from the moment that every device may speak until the news of the last one is in Kafka. */
    private double passThrough(int messages) throws Exception {
        rows.reset();
        rows.copy("broadcast_messages", messages(messages));
        rows.settle();
        gateway.take();
        long before = gateway.settled();
        Effort begun = arena.effort();
        rows.wake();
        double seconds = Wait.until("all are settled", () -> gateway.settled() - before >= messages);
        effort = arena.effort().since(begun).split(messages);
        return messages / seconds;
    }

    private List<BroadcastMessage> messages(int count) {
        Instant now = Instant.now();
        return IntStream.range(0, count)
                .mapToObj(i -> fleet.message(i % Fleet.DEVICES, now))
                .toList();
    }
}
