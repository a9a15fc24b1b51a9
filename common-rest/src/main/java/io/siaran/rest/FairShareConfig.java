package io.siaran.rest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code siaran.rest.fair-share.*}: how much one user may ask of a service. */
@ConfigMapping(prefix = "siaran.rest.fair-share")
interface FairShareConfig {

    /**
     * So many requests a minute of one user are answered by one process, at once as many as a minute has; more are refused with 429 and
     * {@code Retry-After}. 0: any number.
     */
    @WithDefault("120000")
    int requestsPerMinute();

    /**
     * So many reads of one user go on at once in one process, of the six for which a service that reads beside its engines has
     * connections; the others of that user wait for them.
     */
    @WithDefault("3")
    int readsAtOnce();

    /** One that waits longer is refused with 429 and {@code Retry-After}. */
    @WithDefault("5s")
    Duration readsPatience();
}
