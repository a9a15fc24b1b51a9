package io.siaran.gateway.turn;

import io.siaran.model.DelayRange;
import io.siaran.model.MessageId;
import java.time.Duration;
import java.util.SplittableRandom;

/** How long a device pauses before a message. Pure. */
public final class Pacing {

    private static final long MILLIS = 1_000;

    private Pacing() {}

    /**
     * Uniform over the whole range, both ends included, in milliseconds. Drawn once: the same try of the same message draws
     * the same again, after a restart and on any instance, so starting to wait again cannot shorten the wait.
     */
    public static Duration draw(DelayRange range, MessageId id, int tryNo) {
        long seed =
                id.value().getMostSignificantBits() ^ Long.rotateLeft(id.value().getLeastSignificantBits(), 32);
        SplittableRandom random = new SplittableRandom(seed + tryNo);
        return Duration.ofMillis(random.nextLong(range.minSeconds() * MILLIS, range.maxSeconds() * MILLIS + 1));
    }
}
