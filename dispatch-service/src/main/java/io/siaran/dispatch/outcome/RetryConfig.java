package io.siaran.dispatch.outcome;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** {@code siaran.retry.*}: the defaults stand in {@code application.properties}. */
@ConfigMapping(prefix = "siaran.retry")
interface RetryConfig {

    /** How often the platform may fail a message before it has failed for good. */
    int maxAttempts();

    /** The wait after the first failure. */
    Duration first();

    /** By how much each wait is longer than the one before it. */
    double factor();

    /** No wait is longer. */
    Duration longest();

    /** The share by which a wait is drawn shorter or longer, so that devices that failed together do not come back together. */
    double jitter();

    default RetryPolicy policy() {
        return new RetryPolicy(maxAttempts(), first(), factor(), longest(), jitter());
    }
}
