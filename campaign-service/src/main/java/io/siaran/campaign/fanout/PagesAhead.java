package io.siaran.campaign.fanout;

import io.siaran.model.LeadId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * The pages of an audience in their order, each read and its messages made while the one before it is worked on, and read while
 * the messages of the one before it are made. At most one is ahead.
 */
final class PagesAhead {

    /** A page with what becomes of it. */
    record Prepared(ReadPage read, FanOutPage page) {}

    private record Ahead(CompletableFuture<Optional<ReadPage>> read, CompletableFuture<Optional<Prepared>> prepared) {}

    private final Function<LeadId, Optional<ReadPage>> reader;
    private final Function<ReadPage, FanOutPage> maker;
    private final Executor threads;
    private Ahead next;

    /**
     * @param reader reads the page after a lead; empty when nobody wants it any more
     * @param maker makes the messages of a page; never asked for one that is empty
     */
    PagesAhead(
            Function<LeadId, Optional<ReadPage>> reader,
            Function<ReadPage, FanOutPage> maker,
            Executor threads,
            LeadId cursor) {
        this.reader = reader;
        this.maker = maker;
        this.threads = threads;
        goBackTo(cursor);
    }

    /** The next page, waited for; empty when there is none or nobody wants it any more. After the last there is none to take. */
    Optional<Prepared> take() {
        Ahead taken = next;
        taken.read().join().filter(read -> !read.isLast()).map(ReadPage::last).ifPresent(this::goBackTo);
        return taken.prepared().join();
    }

    /** Has the page after this lead read, again if it was: whatever was read ahead is let go. */
    void goBackTo(LeadId cursor) {
        var read = CompletableFuture.supplyAsync(() -> reader.apply(cursor), threads);
        next = new Ahead(read, read.thenApplyAsync(page -> page.map(this::prepare), threads));
    }

    private Prepared prepare(ReadPage read) {
        return new Prepared(read, read.rows().isEmpty() ? null : maker.apply(read));
    }
}
