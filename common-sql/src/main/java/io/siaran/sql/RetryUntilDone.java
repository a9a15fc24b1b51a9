package io.siaran.sql;

import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Does what must be done though the database may be away: again and again, less and less often. */
public final class RetryUntilDone {

    private static final Logger LOG = Logger.getLogger(RetryUntilDone.class);

    private RetryUntilDone() {}

    /**
     * Returns when {@code work} did not throw. Waits on the thread, which is a timer where it is a virtual one.
     *
     * @param what the work, for the log
     * @throws RuntimeException what {@code work} threw last, when the thread was interrupted
     */
    public static <T> T run(String what, Supplier<T> work) {
        for (int failures = 0; ; failures++) {
            try {
                return work.get();
            } catch (RuntimeException | Error failure) {
                Duration pause = Backoff.OF_A_SERVER.pause(failures);
                LOG.warnf("%s waits %d ms: %s", what, pause.toMillis(), failure.toString());
                if (!slept(pause)) {
                    throw failure;
                }
            }
        }
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
