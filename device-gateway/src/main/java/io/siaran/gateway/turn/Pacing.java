package io.siaran.gateway.turn;

import io.siaran.model.DelayRange;
import io.siaran.model.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/** How long a device pauses before a message. Pure. */
public final class Pacing {

    private static final long MILLIS = 1_000;

    /** Over so much of a day what was put off until its beginning is spread. */
    static final Duration SPREAD = Duration.ofHours(4);

    private Pacing() {}

    /**
     * Uniform over the whole range, both ends included, in milliseconds. Drawn once: the same try of the same message draws
     * the same again, after a restart and on any instance, so starting to wait again cannot shorten the wait.
     */
    public static Duration draw(DelayRange range, MessageId id, int tryNo) {
        SplittableRandom random = new SplittableRandom(seed(id) + tryNo);
        return Duration.ofMillis(random.nextLong(range.minSeconds() * MILLIS, range.maxSeconds() * MILLIS + 1));
    }

    /**
     * A moment in the hours after the beginning of a day, for what is put off until then: thousands that all came back at midnight, or at
     * the end of the quiet hours, would stand before whatever else the device has to say. The same message has the same one on each day.
     */
    static Instant spread(MessageId id, Instant beginning) {
        return beginning.plusMillis(new SplittableRandom(seed(id)).nextLong(SPREAD.toMillis()));
    }

    private static long seed(MessageId id) {
        return id.value().getMostSignificantBits() ^ Long.rotateLeft(id.value().getLeastSignificantBits(), 32);
    }
}
