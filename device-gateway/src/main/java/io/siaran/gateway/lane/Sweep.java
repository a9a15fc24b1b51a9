package io.siaran.gateway.lane;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Finds the calls that nobody settled: their process died, or could not reach the database in time. */
@ApplicationScoped
class Sweep {

    private static final Logger LOG = Logger.getLogger(Sweep.class);
    private static final int BATCH = 500;

    private final Journal journal;
    private final Housekeeping housekeeping;
    private final MeterRegistry metrics;

    Sweep(Journal journal, Housekeeping housekeeping, MeterRegistry metrics) {
        this.journal = journal;
        this.housekeeping = housekeeping;
        this.metrics = metrics;
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void sweep() {
        housekeeping.run("the sweep", this::sweepSome);
    }

    private boolean sweepSome() {
        int swept = journal.sweep(BATCH);
        if (swept > 0) {
            metrics.counter("siaran.calls.cut").increment(swept);
            LOG.warnf("calls were cut, their outcome is unknown: %d", swept);
        }
        return swept == BATCH;
    }
}
