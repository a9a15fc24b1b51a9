package io.siaran.localstack.launcher;

import java.time.Duration;

/** How long to wait before a service that died is started again: 1 s, doubled each time up to 30 s. */
final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** A service that was healthy for so long had no trouble starting: its next death counts as the first. */
    private static final Duration STEADY = Duration.ofSeconds(60);

    private Duration next = FIRST;

    /** The wait after a death, given for how long the service had been healthy before. */
    Duration after(Duration healthy) {
        Duration wait = healthy.compareTo(STEADY) >= 0 ? FIRST : next;
        Duration doubled = wait.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return wait;
    }
}
