package io.siaran.gateway.rules;

import java.time.Duration;

/**
 * So many messages a minute, evenly, of many devices together. Arithmetic of the leaky bucket (GCRA): one instant per
 * scope, the theoretical arrival time: each message moves it on by {@link #interval}, and may go out while it is not more
 * than {@link #tolerance} ahead of the clock.
 *
 * @param scope whose: {@code fleet} or {@code user:…}
 */
public record Rate(String scope, int perMinute) {

    /** A sixth of a minute's messages may come at once: devices that draw the same second need not wait for each other. */
    private static final int BURSTS_A_MINUTE = 6;

    public Rate {
        if (perMinute < 1) {
            throw new IllegalArgumentException("a rate is at least one a minute");
        }
    }

    public Duration interval() {
        return Duration.ofMinutes(1).dividedBy(perMinute);
    }

    /** In any stretch of time at most {@code burst + time / interval} messages, where {@code tolerance = interval × (burst − 1)}. */
    public Duration tolerance() {
        return interval().multipliedBy(Math.max(1, perMinute / BURSTS_A_MINUTE) - 1);
    }
}
