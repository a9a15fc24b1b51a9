package io.siaran.gateway.journal;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Settles as unknown the calls that nobody settled by their deadline: their process died, or could not reach the database. */
@ApplicationScoped
class RescueCutCalls {

    private static final Logger LOG = Logger.getLogger(RescueCutCalls.class);
    private static final int BATCH = 500;

    private final Journal journal;
    private final Housekeeping housekeeping;
    private final MeterRegistry metrics;

    RescueCutCalls(Journal journal, Housekeeping housekeeping, MeterRegistry metrics) {
        this.journal = journal;
        this.housekeeping = housekeeping;
        this.metrics = metrics;
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void rescue() {
        housekeeping.run("the rescue of cut calls", this::rescueSome);
    }

    private boolean rescueSome() {
        int rescued = journal.rescueCutCalls(BATCH);
        if (rescued > 0) {
            metrics.counter("siaran.calls.cut").increment(rescued);
            LOG.warnf("calls were cut, their outcome is unknown: %d", rescued);
        }
        return rescued == BATCH;
    }
}
