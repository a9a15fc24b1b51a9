package io.siaran.dispatch.control;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.dispatch.queue.WorkSignal;
import io.siaran.kafka.Outbox;
import jakarta.enterprise.context.ApplicationScoped;

/** Works off the actions that were asked for; on every replica, since a claim is a row's lock. */
@ApplicationScoped
class ControlJobs {

    private final BulkActions actions;
    private final WorkOffBulkActions workOff;
    private final Outbox outbox;
    private final WorkSignal work;

    ControlJobs(BulkActions actions, WorkOffBulkActions workOff, Outbox outbox, WorkSignal work) {
        this.actions = actions;
        this.workOff = workOff;
        this.outbox = outbox;
        this.work = work;
    }

    @Scheduled(every = "{siaran.control.interval}", concurrentExecution = ConcurrentExecution.SKIP)
    void workOff() {
        while (workOff.next()) {
            outbox.wake();
            work.ring();
        }
    }

    @Scheduled(every = "24h", concurrentExecution = ConcurrentExecution.SKIP)
    void forget() {
        actions.forgetOld();
    }
}
