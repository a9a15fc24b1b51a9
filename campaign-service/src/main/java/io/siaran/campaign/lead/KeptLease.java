package io.siaran.campaign.lead;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Renews whose an import is while its file is read and judged. A batch that is written renews it as well, but after a crash millions of
 * lines may come before the first that is to be written.
 */
final class KeptLease {

    /** A quarter of what {@code lease-import.sql} gives. */
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(30);

    private final ImportStore store;
    private final LeadImport job;
    private final Clock clock;
    private Instant renewed;

    /** @param job that was leased just now */
    KeptLease(ImportStore store, LeadImport job, Clock clock) {
        this.store = store;
        this.job = job;
        this.clock = clock;
        this.renewed = clock.instant();
    }

    /** Costs nothing most of the time; throws {@link ImportStore.Taken} when another works on the import by now. */
    void keep() {
        Instant now = clock.instant();
        // The clock of a machine may be set back.
        if (now.isBefore(renewed) || !now.isBefore(renewed.plus(AGAIN_AFTER))) {
            store.renew(job);
            renewed = now;
        }
    }
}
