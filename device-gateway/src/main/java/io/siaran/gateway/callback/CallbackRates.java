package io.siaran.gateway.callback;

import io.siaran.gateway.device.CallbackConfig;
import io.siaran.model.DeviceId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How much a device's platform may tell: a leaky bucket of events each, and one of its own for what people write: a platform
 * that does not try again would lose a STOP for the many receipts that came before it. A callback comes in whole while its
 * bucket is not full; what it tells beyond that is owed, and the next one waits for longer. Only who knows a device's secret
 * gets a bucket, so there are no more of them than devices. Each instance counts for itself.
 */
@ApplicationScoped
class CallbackRates {

    private static final long SECOND = 1_000_000_000L;

    private final long step;
    private final long tolerance;
    /** The time up to which a device has used its rate, by {@link System#nanoTime()}. */
    private final Map<DeviceId, Long> usedUpTo = new ConcurrentHashMap<>();

    private final Map<DeviceId, Long> usedByReplies = new ConcurrentHashMap<>();

    CallbackRates(CallbackConfig config) {
        this.step = SECOND / config.perSecond();
        this.tolerance = step * config.burst();
    }

    /** Whether a callback that tells so many events may come now; they count if so, an empty one as one. */
    boolean allows(DeviceId device, int events, long now) {
        return allows(usedUpTo, device, events, now);
    }

    /** The same of a callback that tells replies, where the rate of all is used up. */
    boolean allowsReply(DeviceId device, int events, long now) {
        return allows(usedByReplies, device, events, now);
    }

    private boolean allows(Map<DeviceId, Long> bucket, DeviceId device, int events, long now) {
        boolean[] allowed = new boolean[1];
        bucket.compute(device, (_, used) -> {
            long from = used == null || used - now < 0 ? now : used;
            allowed[0] = from + step - now <= tolerance;
            return allowed[0] ? Long.valueOf(from + step * Math.max(1, events)) : used;
        });
        return allowed[0];
    }
}
