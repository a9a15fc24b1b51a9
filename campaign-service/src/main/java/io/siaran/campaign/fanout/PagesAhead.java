package io.siaran.campaign.fanout;

import io.siaran.model.LeadId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** The pages of an audience in their order, each read while the one before it is worked on. At most one is read ahead. */
final class PagesAhead {

    private final Function<LeadId, Optional<ReadPage>> reader;
    private final Executor threads;
    private CompletableFuture<Optional<ReadPage>> next;

    /** @param reader reads the page after a lead; empty when nobody wants it any more */
    PagesAhead(Function<LeadId, Optional<ReadPage>> reader, Executor threads, LeadId cursor) {
        this.reader = reader;
        this.threads = threads;
        goBackTo(cursor);
    }

    /** The next page, waited for; empty when nobody wants it any more. After the last there is none to take. */
    Optional<ReadPage> take() {
        Optional<ReadPage> page = next.join();
        page.filter(read -> !read.isLast()).map(ReadPage::last).ifPresent(this::goBackTo);
        return page;
    }

    /** Has the page after this lead read, again if it was: whatever was read ahead is let go. */
    void goBackTo(LeadId cursor) {
        next = CompletableFuture.supplyAsync(() -> reader.apply(cursor), threads);
    }
}
