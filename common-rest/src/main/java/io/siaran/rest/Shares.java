package io.siaran.rest;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How often each user may ask: so many requests a minute, and at once at most what a minute has. One number for each user who asked
 * within the last minute (the generic cell rate algorithm): the moment at which all that it took would be earned again. Pure, for
 * many threads.
 */
final class Shares {

    /** Beyond it those are forgotten who have everything again. */
    private static final int MOST_USERS = 20_000;

    private final long nanosPerRequest;
    private final ConcurrentMap<String, Long> earnedAt = new ConcurrentHashMap<>();

    /** @param perMinute from 1 */
    Shares(int perMinute) {
        this.nanosPerRequest = Math.max(1, Duration.ofMinutes(1).toNanos() / perMinute);
    }

    /**
     * Takes one request of this user.
     *
     * @param now in nanoseconds, of a clock that never goes back
     * @return zero when it may be answered, else after how long the next one may
     */
    Duration take(String user, long now) {
        if (earnedAt.size() > MOST_USERS) {
            earnedAt.values().removeIf(earned -> earned - now <= 0);
        }
        long[] wait = {0};
        earnedAt.compute(user, (_, earned) -> {
            long base = earned == null || earned - now < 0 ? now : earned;
            long after = base + nanosPerRequest - now - Duration.ofMinutes(1).toNanos();
            wait[0] = Math.max(0, after);
            return after > 0 ? earned : Long.valueOf(base + nanosPerRequest);
        });
        return Duration.ofNanos(wait[0]);
    }
}
