package io.siaran.sequence.batch;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes one engine of this process: there may be something to do at once. However often it rings meanwhile, it wakes once. */
public class Wake {

    private final Semaphore rung = new Semaphore(0);

    /** To be called after the commit: whoever wakes must see what was done. */
    public void ring() {
        if (rung.availablePermits() == 0) {
            rung.release();
        }
    }

    /** Returns true when it has rung since the last time, false after {@code atMost}. */
    public boolean await(Duration atMost) throws InterruptedException {
        boolean woken = rung.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS);
        rung.drainPermits();
        return woken;
    }
}
