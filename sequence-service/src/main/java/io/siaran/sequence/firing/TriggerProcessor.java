package io.siaran.sequence.firing;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.sequence.enrolment.ReviewLeads;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;

/** One pass: who may enter enters, who must leave leaves, and what is then due is fired. */
@ApplicationScoped
class TriggerProcessor {

    private final ReviewLeads reviews;
    private final FireDueSteps firing;

    TriggerProcessor(ReviewLeads reviews, FireDueSteps firing) {
        this.reviews = reviews;
        this.firing = firing;
    }

    @Scheduled(every = "{siaran.sequence.trigger-interval}", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void pass() {
        reviews.run();
        firing.run();
    }

    /** On a clock of its own: a crowd that enters, or trouble with one, holds nobody up who is in. */
    @Scheduled(every = "{siaran.sequence.trigger-interval}", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void fire() {
        firing.run();
    }
}
