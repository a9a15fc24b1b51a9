package io.siaran.gateway.callback;

import io.siaran.gateway.device.CallbackConfig;
import io.siaran.model.DeviceId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many callbacks a device's platform may make: a leaky bucket each, and one of its own for what people write: a platform
 * that does not try again would lose a STOP for the many receipts that came before it. Only who knows a device's secret gets one, so there
 * are no more of them than devices. Each instance counts for itself.
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

    /** Whether one more may come now; it counts if so. */
    boolean allows(DeviceId device, long now) {
        return allows(usedUpTo, device, now);
    }

    /** The same of a callback that tells replies, where the rate of all is used up. */
    boolean allowsReply(DeviceId device, long now) {
        return allows(usedByReplies, device, now);
    }

    private boolean allows(Map<DeviceId, Long> bucket, DeviceId device, long now) {
        boolean[] allowed = new boolean[1];
        bucket.compute(device, (_, used) -> {
            long next = (used == null || used - now < 0 ? now : used) + step;
            allowed[0] = next - now <= tolerance;
            return allowed[0] ? Long.valueOf(next) : used;
        });
        return allowed[0];
    }
}
