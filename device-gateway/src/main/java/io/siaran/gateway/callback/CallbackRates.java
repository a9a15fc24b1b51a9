package io.siaran.gateway.callback;

import io.siaran.gateway.device.CallbackConfig;
import io.siaran.gateway.device.Remembered;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * How much a device's platform may tell: a leaky bucket of events each, and one of its own for what people write: a platform
 * that does not try again would lose a STOP for the many receipts that came before it. A callback comes in whole while its
 * bucket is not full; what it tells beyond that is owed, and the next one waits for longer. Only who knows a secret of a device gets
 * a bucket, and whoever knows one that was replaced has another bucket than the device's platform. A bucket that is forgotten was
 * not used for long, so it is empty. Each instance counts for itself.
 */
@ApplicationScoped
class CallbackRates {

    private static final long SECOND = 1_000_000_000L;

    private final long step;
    private final long tolerance;
    /** The time up to which an address has used its rate, by {@link System#nanoTime()}. */
    private final Remembered<CallbackAddress, Long> usedUpTo = new Remembered<>(Remembered.DEVICES);

    private final Remembered<CallbackAddress, Long> usedByReplies = new Remembered<>(Remembered.DEVICES);

    CallbackRates(CallbackConfig config) {
        this.step = SECOND / config.perSecond();
        this.tolerance = step * config.burst();
    }

    /** Whether a callback that tells so many events may come now; they count if so, an empty one as one. */
    boolean allows(CallbackAddress address, int events, long now) {
        return allows(usedUpTo, address, events, now);
    }

    /** The same of a callback that tells replies, where the rate of all is used up. */
    boolean allowsReply(CallbackAddress address, int events, long now) {
        return allows(usedByReplies, address, events, now);
    }

    private boolean allows(Remembered<CallbackAddress, Long> buckets, CallbackAddress address, int events, long now) {
        boolean[] allowed = new boolean[1];
        buckets.change(address, used -> {
            long from = used == null || used - now < 0 ? now : used;
            allowed[0] = from + step - now <= tolerance;
            return allowed[0] ? Long.valueOf(from + step * Math.max(1, events)) : used;
        });
        return allowed[0];
    }
}
