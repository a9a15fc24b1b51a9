package io.siaran.dispatch.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes the release of this process: there is new work, or room. However often it rings meanwhile, it wakes once. */
@ApplicationScoped
public class WorkSignal {

    private final Semaphore rung = new Semaphore(0);

    /** To be called after the commit: whoever wakes must see what was done. */
    public void ring() {
        if (rung.availablePermits() == 0) {
            rung.release();
        }
    }

    /** Returns when it has rung since the last time, or after {@code atMost}. */
    public void await(Duration atMost) throws InterruptedException {
        if (rung.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            rung.drainPermits();
        }
    }
}
