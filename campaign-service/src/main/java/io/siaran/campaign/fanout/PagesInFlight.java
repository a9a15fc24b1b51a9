package io.siaran.campaign.fanout;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Pages that were handed to Kafka, in their order. The cursor moves every so often past those that are acknowledged, never
 * past one that is not: to move it costs a row for each device, which for every page was more than the page itself.
 */
final class PagesInFlight implements AutoCloseable {

    /** The second is written while the acknowledgements of the first are on their way. */
    private static final int AT_ONCE = 2;

    private record InFlight(FanOutPage page, CompletableFuture<Void> acknowledgement) {}

    private final Function<FanOutPage, CompletableFuture<Void>> publisher;
    private final Predicate<Acknowledged> cursor;
    private final Duration interval;
    private final Clock clock;
    private final Deque<InFlight> inFlight = new ArrayDeque<>();
    private Acknowledged acknowledged = new Acknowledged();
    private Instant moved;

    /**
     * @param publisher hands a page over; what it answers completes with the acknowledgement
     * @param cursor moves past what was acknowledged, and says whether to go on
     * @param interval how long acknowledged pages wait for that
     */
    PagesInFlight(
            Function<FanOutPage, CompletableFuture<Void>> publisher,
            Predicate<Acknowledged> cursor,
            Duration interval,
            Clock clock) {
        this.publisher = publisher;
        this.cursor = cursor;
        this.interval = interval;
        this.clock = clock;
        this.moved = clock.instant();
    }

    /** Returns when there is place for the page, and says whether to go on. */
    boolean publish(FanOutPage page) {
        while (inFlight.size() >= AT_ONCE) {
            awaitFirst();
        }
        boolean goOn = moved.plus(interval).isAfter(clock.instant()) || move();
        if (goOn) {
            inFlight.add(new InFlight(page, publisher.apply(page)));
        }
        return goOn;
    }

    /** Returns when all is acknowledged and the cursor is behind it, and says whether that is so. */
    boolean land() {
        while (!inFlight.isEmpty()) {
            awaitFirst();
        }
        return move();
    }

    /** Also after a failure the cursor moves past whatever was acknowledged before it. */
    @Override
    public void close() {
        land();
    }

    private void awaitFirst() {
        InFlight first = inFlight.poll();
        try {
            first.acknowledgement().join();
        } catch (RuntimeException failure) {
            // Those behind it are published again together with it.
            inFlight.clear();
            throw failure;
        }
        acknowledged.add(first.page());
    }

    private boolean move() {
        if (acknowledged.isEmpty()) {
            return true;
        }
        Acknowledged passed = acknowledged;
        acknowledged = new Acknowledged();
        moved = clock.instant();
        boolean goOn = false;
        try {
            goOn = cursor.test(passed);
        } finally {
            if (!goOn) {
                // A move that failed may have happened: the next holder of the lease sees, and nothing is counted
                // twice.
                inFlight.clear();
            }
        }
        return goOn;
    }
}
