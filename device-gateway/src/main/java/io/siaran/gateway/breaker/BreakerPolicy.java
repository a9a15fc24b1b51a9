package io.siaran.gateway.breaker;

import io.siaran.sql.Backoff;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a breaker opens and for how long. Pure.
 *
 * @param threshold troubles in a row that open it
 * @param backoff of the holds, one opening after the other
 * @param jitter the share by which a hold is drawn longer, so that devices that were held together do not come back together
 */
public record BreakerPolicy(int threshold, Backoff backoff, double jitter) {

    /** What a platform gets that asks for no pause at all, or for one in the past. */
    private static final Duration LEAST_THROTTLE = Duration.ofSeconds(1);

    public BreakerPolicy {
        if (threshold < 1 || jitter < 0 || jitter > 1) {
            throw new IllegalArgumentException("not a policy of breakers");
        }
    }

    /** @param before how often in a row it was held before, from 0 */
    Duration pause(int before, RandomGenerator random) {
        Duration pause = backoff.pause(Math.max(before, 0));
        return pause.plusMillis(Math.round(pause.toMillis() * jitter * random.nextDouble()));
    }

    Duration throttle(Duration asked) {
        return asked.compareTo(LEAST_THROTTLE) < 0 ? LEAST_THROTTLE : asked;
    }
}
