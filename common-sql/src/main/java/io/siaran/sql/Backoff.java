package io.siaran.sql;

import java.time.Duration;

/** How long to wait before the next attempt: twice as long after each failure. Immutable. */
public record Backoff(Duration first, Duration longest) {

    /** For what depends on a server of ours: from 100 ms to five seconds. */
    public static final Backoff OF_A_SERVER = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    /** @param failures how many there were in a row before the one that is now waited after, from 0 */
    public Duration pause(int failures) {
        Duration pause = first.multipliedBy(1L << Math.min(failures, 20));
        return pause.compareTo(longest) < 0 ? pause : longest;
    }
}
