package io.siaran.bench.queue;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what the service does by itself. */
public final class Wait {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private Wait() {}

    /** Seconds until it is so, asked every 20 ms; gives up after five minutes. */
    public static double until(String what, Callable<Boolean> isSo) throws Exception {
        return until(what, Duration.ofMillis(20), isSo);
    }

    /** As above, asked after each such pause: for what is slow, and whose answer costs what is measured. */
    public static double until(String what, Duration pause, Callable<Boolean> isSo) throws Exception {
        long from = System.nanoTime();
        while (!isSo.call()) {
            if (System.nanoTime() - from > LIMIT.toNanos()) {
                throw new IllegalStateException("gave up waiting until " + what);
            }
            Thread.sleep(pause);
        }
        return (System.nanoTime() - from) / 1e9;
    }
}
