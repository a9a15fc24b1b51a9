package io.siaran.gateway.turn;

import io.siaran.gateway.rules.SendingRules;
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
     * A moment in the first open hours of a day, for what is put off until then: thousands that all came back at midnight, or at
     * the end of the quiet hours, would stand before whatever else the device has to say. Where fewer hours are open, it is one of
     * those: what came back after them would lose a day. The same message has the same one on each day of the same hours.
     */
    static Instant spread(MessageId id, SendingRules rules, Instant day) {
        Instant opening = rules.nextOpen(day);
        long open = rules.openFrom(opening, SPREAD).toMillis();
        long drawn = new SplittableRandom(seed(id)).nextLong(SPREAD.toMillis());
        return opening.plusMillis(open == 0 ? 0 : drawn % open);
    }

    private static long seed(MessageId id) {
        return id.value().getMostSignificantBits() ^ Long.rotateLeft(id.value().getLeastSignificantBits(), 32);
    }
}
