package io.siaran.gateway.registration;

import io.siaran.rest.ServiceAddress;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Where the queue of devices is. */
@ConfigMapping(prefix = "siaran.gateway.queue")
interface QueueConfig {

    /**
     * What stands before {@code /api/v1/queue} of dispatch-service, such as {@code http://siaran-dispatch:8083}. Without it devices
     * are shown without what waits for them.
     */
    Optional<ServiceAddress> url();

    /** How long an answer of dispatch-service is waited for; a list of devices comes without it then. */
    @WithDefault("2s")
    Duration timeout();
}
