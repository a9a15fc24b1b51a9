package io.siaran.sequence.firing;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.sequence.batch.Wake;
import io.siaran.sequence.batch.Wakes;
import io.siaran.sequence.enrolment.ReviewLeads;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * One pass: who may enter enters, who must leave leaves, and what is then due is fired. At intervals, and at once where
 * something in this process says that there may be something to do.
 */
@ApplicationScoped
class TriggerProcessor {

    private static final Logger LOG = Logger.getLogger(TriggerProcessor.class);
    private static final Duration A_WHILE = Duration.ofSeconds(5);

    private final ReviewLeads reviews;
    private final FireDueSteps firing;
    private final Wakes wakes;
    private final FiringConfig config;

    /** A second one that fires in this process would walk over every step that the first one has locked, and take none of them. */
    private final Lock firingTurn = new ReentrantLock();

    private volatile boolean stopped;

    TriggerProcessor(ReviewLeads reviews, FireDueSteps firing, Wakes wakes, FiringConfig config) {
        this.reviews = reviews;
        this.firing = firing;
        this.wakes = wakes;
        this.config = config;
    }

    void start(@Observes StartupEvent started) {
        if (config.atOnce()) {
            Thread.ofVirtual().name("reviews").start(() -> whenRung(wakes.reviews(), this::review));
            Thread.ofVirtual().name("firing").start(() -> whenRung(wakes.firing(), this::fire));
        }
    }

    void stop(@Observes ShutdownEvent stopping) {
        stopped = true;
        wakes.reviews().ring();
        wakes.firing().ring();
    }

    @Scheduled(every = "{siaran.sequence.trigger-interval}", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void pass() {
        reviews.run();
        fire();
    }

    /** On a clock of its own: a crowd that enters, or trouble with one, holds nobody up who is in. */
    @Scheduled(every = "{siaran.sequence.trigger-interval}", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void fire() {
        firingTurn.lock();
        try {
            firing.run();
        } finally {
            firingTurn.unlock();
        }
    }

    /** Also on its own: to mark a million leads takes long, and the reviews of others go on meanwhile. */
    @Scheduled(every = "{siaran.sequence.trigger-interval}", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void mark() {
        reviews.mark();
        wakes.reviews().ring();
    }

    @Scheduled(every = "{siaran.sequence.repeat-interval}", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void repeatWhatIsSilent() {
        firing.repeatWhatIsSilent();
    }

    private void review() {
        reviews.run();
        wakes.firing().ring();
    }

    /** Whatever fails is tried again at the next interval: everything it needs stands in the database. */
    private void whenRung(Wake wake, Runnable engine) {
        while (!stopped) {
            try {
                if (wake.await(A_WHILE) && !stopped) {
                    engine.run();
                }
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error failure) {
                LOG.warnf("failed when it was woken, goes on at the next interval: %s", failure.toString());
            }
        }
    }
}
