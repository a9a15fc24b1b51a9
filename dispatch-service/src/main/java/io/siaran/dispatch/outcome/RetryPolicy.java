package io.siaran.dispatch.outcome;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long a message waits before its next try: each wait is {@code factor} times the one before, up to {@code longest},
 * and then up to {@code jitter} of it more or less, so that what failed together does not come back together.
 *
 * @param maxAttempts after so many attempts that the platform failed there is no other
 * @param jitter from 0 to 1
 */
record RetryPolicy(int maxAttempts, Duration first, double factor, Duration longest, double jitter) {

    RetryPolicy {
        if (maxAttempts < 1
                || first.isNegative()
                || factor < 1
                || longest.compareTo(first) < 0
                || jitter < 0
                || jitter > 1) {
            throw new IllegalArgumentException("not a retry policy");
        }
    }

    /** The wait after this attempt failed, from 1; empty after the last. */
    Optional<Duration> afterFailure(int attempt, RandomGenerator random) {
        return attempt >= maxAttempts ? Optional.empty() : Optional.of(wait(attempt, random));
    }

    /** The wait after a try came back for the n-th time, from 1; there is always another. */
    Duration afterReturn(int returns, RandomGenerator random) {
        return wait(returns, random);
    }

    private Duration wait(int n, RandomGenerator random) {
        double millis = Math.min(first.toMillis() * Math.pow(factor, n - 1), longest.toMillis());
        double swing = 1 + jitter * (2 * random.nextDouble() - 1);
        return Duration.ofMillis(Math.round(millis * swing));
    }
}
