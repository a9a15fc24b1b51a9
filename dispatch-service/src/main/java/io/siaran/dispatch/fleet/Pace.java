package io.siaran.dispatch.fleet;

import io.siaran.model.DelayRange;
import java.time.Duration;

/**
 * How fast a device speaks: the middle of its delay range, and never more than its caps.
 *
 * @param hourlyCap null: none
 * @param dailyCap null: none
 */
record Pace(DelayRange delay, Integer hourlyCap, Integer dailyCap) {

    /**
     * How long so many messages take, at the earliest: a full hour or day is waited out for every cap that they fill. It
     * knows nothing of what was said before, of quiet hours, nor of delays that messages bring along.
     */
    Duration toSay(long messages) {
        if (messages <= 0) {
            return Duration.ZERO;
        }
        return longer(
                spoken(messages),
                longer(
                        capped(messages, hourlyCap, Duration.ofHours(1)),
                        capped(messages, dailyCap, Duration.ofDays(1))));
    }

    private Duration capped(long messages, Integer cap, Duration period) {
        if (cap == null || cap < 1) {
            return Duration.ZERO;
        }
        long full = (messages - 1) / cap;
        return period.multipliedBy(full).plus(spoken(messages - full * cap));
    }

    private Duration spoken(long messages) {
        return Duration.ofMillis(messages * 500 * (delay.minSeconds() + delay.maxSeconds()));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
