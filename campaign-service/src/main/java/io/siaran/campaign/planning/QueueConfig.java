package io.siaran.campaign.planning;

import io.siaran.rest.ServiceAddress;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Where the queue of devices is. */
@ConfigMapping(prefix = "siaran.campaign.queue")
interface QueueConfig {

    /**
     * What stands before {@code /api/v1/queue} of dispatch-service, such as {@code http://siaran-dispatch:8083}. Without it a preview
     * counts what other campaigns have queued, and nothing of sequences and direct messages.
     */
    Optional<ServiceAddress> url();

    /** How long an answer of dispatch-service is waited for; a preview comes without it then. */
    @WithDefault("2s")
    Duration timeout();
}
