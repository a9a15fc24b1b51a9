package io.siaran.gateway.turn;

import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Repeats work that must be done until it succeeds, with a backoff: the database may be away. */
public final class RetryUntilDone {

    private static final Logger LOG = Logger.getLogger(RetryUntilDone.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private RetryUntilDone() {}

    /** Returns when {@code work} did not throw. Parks a virtual thread, which costs what a timer does. */
    public static <T> T run(String what, Supplier<T> work) {
        for (int failures = 0; ; failures++) {
            try {
                return work.get();
            } catch (RuntimeException | Error failure) {
                Duration pause = pause(failures);
                LOG.warnf("%s waits %d ms: %s", what, pause.toMillis(), failure.toString());
                if (!slept(pause)) {
                    throw failure;
                }
            }
        }
    }

    /** How long to wait after so many failures: doubled each time, up to five seconds. Pure. */
    public static Duration pause(int failures) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private static boolean slept(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
