package io.siaran.rest;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * So many things of one kind that one user has done at once; others of that user wait for one of them to end, and nobody else does.
 * For virtual threads, which wait.
 */
final class UserPlaces {

    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);

    private final int perUser;
    private final Duration patience;
    private final String tooMany;
    /** Of those who have a place or wait. */
    private final ConcurrentMap<String, Places> taken = new ConcurrentHashMap<>();

    /**
     * @param patience how long one waits
     * @param tooMany what is said to who has waited so long
     */
    UserPlaces(int perUser, Duration patience, String tooMany) {
        this.perUser = perUser;
        this.patience = patience;
        this.tooMany = tooMany;
    }

    /** Throws {@link Refusal} (a 429) where no place becomes free in time. */
    <T> T in(String user, Supplier<T> work) {
        Places places = taken.compute(user, (_, known) -> known == null ? new Places(perUser) : known.entered());
        try {
            places.take(patience, tooMany);
            try {
                return work.get();
            } finally {
                places.free.release();
            }
        } finally {
            taken.computeIfPresent(user, (_, known) -> known.left());
        }
    }

    /** How many users have a place or wait; for tests. */
    int users() {
        return taken.size();
    }

    /** Of one user; how many are here is only changed by the map. */
    private static final class Places {

        private final Semaphore free;
        private int here = 1;

        private Places(int all) {
            this.free = new Semaphore(all, true);
        }

        private Places entered() {
            here++;
            return this;
        }

        private Places left() {
            here--;
            return here == 0 ? null : this;
        }

        private void take(Duration patience, String tooMany) {
            try {
                if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw Refusal.tooMany(tooMany, AGAIN_AFTER);
                }
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw Refusal.unavailable("the service stops", AGAIN_AFTER);
            }
        }
    }
}
