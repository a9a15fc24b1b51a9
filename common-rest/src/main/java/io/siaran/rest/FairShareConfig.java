package io.siaran.rest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code siaran.rest.fair-share.*}: how much one user may ask of a service. */
@ConfigMapping(prefix = "siaran.rest.fair-share")
interface FairShareConfig {

    /**
     * So many requests a minute of one user are answered by one process, at once as many as a minute has; more are refused with 429 and
     * {@code Retry-After}. 0: any number.
     */
    @WithDefault("120000")
    int requestsPerMinute();
}
