package io.siaran.dispatch.event;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes those of this process who wait for numbered events. However often it rings meanwhile, each wakes once. */
@ApplicationScoped
public class EventSignal {

    private final CopyOnWriteArraySet<Bell> bells = new CopyOnWriteArraySet<>();

    /** Hears from now on, until it is closed. */
    public Bell bell() {
        Bell bell = new Bell();
        bells.add(bell);
        return bell;
    }

    /** To be called after the commit: whoever wakes must see what was done. */
    public void ring() {
        bells.forEach(Bell::ring);
    }

    /** One who waits. */
    public final class Bell implements AutoCloseable {

        private final Semaphore rung = new Semaphore(0);

        private Bell() {}

        public void ring() {
            if (rung.availablePermits() == 0) {
                rung.release();
            }
        }

        /** Returns when it has rung since the last time, or after {@code atMost}. */
        public void await(Duration atMost) throws InterruptedException {
            if (rung.tryAcquire(Math.max(0, atMost.toMillis()), TimeUnit.MILLISECONDS)) {
                rung.drainPermits();
            }
        }

        @Override
        public void close() {
            bells.remove(this);
        }
    }
}
