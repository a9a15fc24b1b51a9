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
        try {
            reviews.run();
        } finally {
            // Trouble with who enters is no reason to keep waiting those who are in.
            firing.run();
        }
    }
}
