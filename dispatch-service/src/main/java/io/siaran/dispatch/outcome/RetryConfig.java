package io.siaran.dispatch.outcome;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** {@code siaran.retry.*}: the defaults stand in {@code application.properties}. */
@ConfigMapping(prefix = "siaran.retry")
interface RetryConfig {

    int maxAttempts();

    Duration first();

    double factor();

    Duration longest();

    double jitter();

    default RetryPolicy policy() {
        return new RetryPolicy(maxAttempts(), first(), factor(), longest(), jitter());
    }
}
