package io.siaran.campaign.fanout;

import io.siaran.model.LeadId;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * The pages of an audience in their order, each read and its messages made while those before it are worked on. At most two are
 * read that nobody has taken.
 *
 * <p>They are read by a thread of the system: a virtual one, whenever PostgreSQL has answered, would wait behind those that make
 * messages and hand them to Kafka, and PostgreSQL with it.
 */
final class PagesAhead implements AutoCloseable {

    /** A page with what becomes of it. */
    record Prepared(ReadPage read, FanOutPage page) {}

    private final Function<LeadId, Optional<ReadPage>> reader;
    private final Function<ReadPage, FanOutPage> maker;
    private final Executor makers;
    private final ExecutorService reading = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("fan-out-reader").factory());
    private BlockingQueue<CompletableFuture<Optional<Prepared>>> pages;
    private Future<?> walk;

    /**
     * @param reader reads the page after a lead; empty when nobody wants it any more
     * @param maker makes the messages of a page; never asked for one that is empty
     * @param makers where messages are made
     */
    PagesAhead(
            Function<LeadId, Optional<ReadPage>> reader,
            Function<ReadPage, FanOutPage> maker,
            Executor makers,
            LeadId cursor) {
        this.reader = reader;
        this.maker = maker;
        this.makers = makers;
        walkFrom(cursor);
    }

    /** The next page, waited for; empty when nobody wants it any more. After that, and after the last, there is none to take. */
    Optional<Prepared> take() {
        try {
            return pages.take().join();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Has the page after this lead read, again if it was: whatever was read ahead is let go. */
    void goBackTo(LeadId cursor) {
        walk.cancel(true);
        walkFrom(cursor);
    }

    @Override
    public void close() {
        reading.shutdownNow();
    }

    private void walkFrom(LeadId cursor) {
        BlockingQueue<CompletableFuture<Optional<Prepared>>> fresh = new ArrayBlockingQueue<>(1);
        pages = fresh;
        walk = reading.submit(() -> walk(cursor, fresh));
    }

    private void walk(LeadId from, BlockingQueue<CompletableFuture<Optional<Prepared>>> into) {
        try {
            LeadId cursor = from;
            do {
                ReadPage read = reader.apply(cursor).orElse(null);
                into.put(
                        read == null
                                ? CompletableFuture.completedFuture(Optional.empty())
                                : CompletableFuture.supplyAsync(() -> Optional.of(prepare(read)), makers));
                cursor = read == null || read.isLast() ? null : read.last();
            } while (cursor != null);
        } catch (InterruptedException letGo) {
            Thread.currentThread().interrupt();
        } catch (Throwable failure) {
            // Whatever it is: whoever takes the page would wait for it for ever.
            tell(failure, into);
        }
    }

    private static void tell(Throwable failure, BlockingQueue<CompletableFuture<Optional<Prepared>>> into) {
        try {
            into.put(CompletableFuture.failedFuture(failure));
        } catch (InterruptedException letGo) {
            Thread.currentThread().interrupt();
        }
    }

    private Prepared prepare(ReadPage read) {
        return new Prepared(read, read.rows().isEmpty() ? null : maker.apply(read));
    }
}
