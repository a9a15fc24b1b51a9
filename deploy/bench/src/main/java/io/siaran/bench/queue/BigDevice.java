package io.siaran.bench.queue;

import io.siaran.bench.queue.InstantGateway.Passage;
import io.siaran.model.BroadcastMessage;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How long the messages of 2,999 devices wait that have ten each, all due at once, again and again, while one device works
 * through hundreds of thousands; beside the same rounds without that one. Both sides take turns, each from an empty
 * queue, so that whatever else the machine does meets both. Nothing expires.
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
        List<Double> alone = new ArrayList<>();
        List<Double> beside = new ArrayList<>();
        rows.reset();
        rounds(1);
        for (int run = 0; run < options.runs(); run++) {
            rows.reset();
            alone.add(wait("without it", rounds(options.rounds())));
            rows.reset();
            giveWork(options.big());
            beside.add(wait("beside it", rounds(options.rounds())));
        }
        report.atMost(
                1.5,
                "p99 wait beside a device with %,d".formatted(options.big()),
                "%,.0f ms (%s)".formatted(Figures.median(beside), Figures.spread(beside)),
                "without it %,.0f ms (%s)".formatted(Figures.median(alone), Figures.spread(alone)),
                Figures.median(beside) / Figures.median(alone));
    }

    private void giveWork(int messages) throws SQLException {
        Instant now = Instant.now();
        rows.copy(
                "broadcast_messages",
                Stream.generate(() -> fleet.message(BIG, now, null)).limit(messages)::iterator);
        rows.settle();
    }

    /** The 99th percentile of the small ones, in milliseconds. */
    private static double wait(String how, List<Passage> passages) {
        List<Long> small = passages.stream()
                .filter(passage -> !passage.device().equals(BIG_ID))
                .map(passage -> passage.waited().toMillis())
                .toList();
        double wait = Figures.percentile(small, 99);
        System.out.printf(
                "%s: p99 wait of %,d small ones %,.0f ms; %,d of the big one%n",
                how, small.size(), wait, passages.size() - small.size());
        return wait;
    }

    /** Ten for each small device, until they are settled, and again. */
    private List<Passage> rounds(int rounds) throws Exception {
        gateway.take();
        List<Passage> passages = new ArrayList<>();
        for (int n = 0; n < rounds; n++) {
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
