package io.siaran.gateway.lane;

import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Does what must be done though the database may be away: again and again, less and less often. */
final class Persistence {

    private static final Logger LOG = Logger.getLogger(Persistence.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private Persistence() {}

    /** Returns when {@code work} did not throw. Parks a virtual thread, which costs what a timer does. */
    static <T> T until(String what, Supplier<T> work) {
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
    static Duration pause(int failures) {
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
