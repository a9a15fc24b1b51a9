package io.siaran.dispatch.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * When a delivery that failed is tried again; pure. From 5 seconds on each pause is four times as long as the one before, up to
 * 12 hours, more or less by chance, so that what failed together does not come back together.
 */
record RetryPlan(Duration first, double factor, Duration longest, double jitter, Duration givenUpAfter) {

    static RetryPlan of(WebhookConfig config) {
        return new RetryPlan(
                config.firstPause(),
                config.pauseFactor(),
                config.longestPause(),
                config.jitter(),
                config.givenUpAfter());
    }

    /** @param failures attempts that failed, from 1 */
    Duration pause(int failures, RandomGenerator random) {
        double planned = first.toMillis() * Math.pow(factor, Math.min(failures - 1, 30));
        double bounded = Math.min(planned, longest.toMillis());
        return Duration.ofMillis(Math.round(bounded * (1 + jitter * (2 * random.nextDouble() - 1))));
    }

    /** Whether it is over: the next attempt would come after its time. */
    boolean isOver(Instant since, Instant next) {
        return next.isAfter(since.plus(givenUpAfter));
    }
}
