package io.siaran.bench.queue;

import io.siaran.bench.queue.InstantGateway.Passage;
import io.siaran.model.BroadcastMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How long the messages of 2,999 devices wait that have ten each, all due at once, again and again, while one device works
 * through hundreds of thousands; beside the same without that one. Nothing expires.
 */
final class BigDevice {

    private static final int BIG = 0;
    private static final String BIG_ID = Fleet.device(BIG).toString();
    private static final int EACH = 10;

    private final Rows rows;
    private final InstantGateway gateway;
    private final Fleet fleet = new Fleet();

    BigDevice(Rows rows, InstantGateway gateway) {
        this.rows = rows;
        this.gateway = gateway;
    }

    void measure(Options options, Report report) throws Exception {
        rows.reset();
        rounds(options.seconds());
        List<Double> alone = waits(options, "without it");
        Instant now = Instant.now();
        rows.copy(
                "broadcast_messages",
                Stream.generate(() -> fleet.message(BIG, now, null)).limit(options.big())::iterator);
        rows.settle();
        rows.wake();
        List<Double> beside = waits(options, "beside it");
        report.atMost(
                1.5,
                "p99 wait beside a device with %,d".formatted(options.big()),
                "%,.0f ms (%s)".formatted(Figures.median(beside), Figures.spread(beside)),
                "without it %,.0f ms (%s)".formatted(Figures.median(alone), Figures.spread(alone)),
                Figures.median(beside) / Figures.median(alone));
    }

    private List<Double> waits(Options options, String how) throws Exception {
        List<Double> waits = new ArrayList<>();
        for (int run = 0; run < options.runs(); run++) {
            List<Passage> passages = rounds(options.seconds());
            List<Long> small = passages.stream()
                    .filter(passage -> !passage.device().equals(BIG_ID))
                    .map(passage -> passage.waited().toMillis())
                    .toList();
            waits.add(Figures.percentile(small, 99));
            System.out.printf(
                    "%s: p99 wait of %,d small ones %,.0f ms; %,d of the big one%n",
                    how, small.size(), waits.getLast(), passages.size() - small.size());
        }
        return waits;
    }

    /** Ten for each small device, until they are settled, and again until the time is over. */
    private List<Passage> rounds(int seconds) throws Exception {
        gateway.take();
        List<Passage> passages = new ArrayList<>();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < end) {
            long from = smallOnes();
            Instant now = Instant.now();
            List<BroadcastMessage> round = IntStream.range(0, (Fleet.DEVICES - 1) * EACH)
                    .mapToObj(i -> fleet.message(1 + i % (Fleet.DEVICES - 1), now, null))
                    .toList();
            rows.copy("broadcast_messages", round);
            rows.wake();
            Wait.until("the small ones are settled", () -> smallOnes() - from >= round.size());
            passages.addAll(gateway.take());
        }
        return passages;
    }

    private long smallOnes() {
        return gateway.settled() - gateway.settledOf(BIG_ID);
    }
}
