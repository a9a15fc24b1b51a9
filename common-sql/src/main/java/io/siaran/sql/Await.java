package io.siaran.sql;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** What the database answers, waited for on a thread that may wait. */
final class Await {

    /**
     * No statement takes so long. A server whose machine is gone answers nothing at all and closes no connection: without a
     * limit of our own whoever waits for it would wait for ever.
     */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private Await() {}

    /** Throws {@link io.smallrye.mutiny.TimeoutException} when there is none: whether it was done is then not known. */
    static <T> T of(Uni<T> asked) {
        return asked.await().atMost(LONGEST);
    }
}
