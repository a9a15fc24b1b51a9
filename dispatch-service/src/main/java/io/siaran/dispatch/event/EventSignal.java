package io.siaran.dispatch.event;

import io.siaran.model.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Wakes those of this process who wait for numbered events of theirs. However often it rings meanwhile, each wakes once. */
@ApplicationScoped
public class EventSignal {

    private final CopyOnWriteArraySet<Bell> bells = new CopyOnWriteArraySet<>();

    /** Hears of everybody's events from now on, until it is closed. */
    public Bell bell() {
        return hung(new Bell(_ -> true));
    }

    /** Hears of the events of this user. */
    Bell bell(UserId user) {
        return hung(new Bell(users -> users.contains(user)));
    }

    /**
     * To be called after the commit: whoever wakes must see what was done.
     *
     * @param users whose events have got their numbers
     */
    void ring(Set<UserId> users) {
        if (!users.isEmpty()) {
            bells.stream().filter(bell -> bell.concerns.test(users)).forEach(Bell::ring);
        }
    }

    private Bell hung(Bell bell) {
        bells.add(bell);
        return bell;
    }

    /** One who waits. */
    public final class Bell implements AutoCloseable {

        private final Semaphore rung = new Semaphore(0);

        private final Predicate<Set<UserId>> concerns;

        private Bell(Predicate<Set<UserId>> concerns) {
            this.concerns = concerns;
        }

        public void ring() {
            if (rung.availablePermits() == 0) {
                rung.release();
            }
        }

        /** Returns when it has rung since the last time, or after {@code atMost}: whether it rang. */
        public boolean await(Duration atMost) throws InterruptedException {
            boolean rang = rung.tryAcquire(Math.max(0, atMost.toMillis()), TimeUnit.MILLISECONDS);
            if (rang) {
                rung.drainPermits();
            }
            return rang;
        }

        @Override
        public void close() {
            bells.remove(this);
        }
    }
}
