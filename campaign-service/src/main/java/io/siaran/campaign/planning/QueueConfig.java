package io.siaran.campaign.planning;

import io.siaran.rest.ServiceAddress;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Where dispatch-service is, which knows what waits on a device and which messages there are. */
@ConfigMapping(prefix = "siaran.campaign.queue")
public interface QueueConfig {

    /**
     * What stands before {@code /api/v1/queue} and {@code /api/v1/messages} of dispatch-service, such as
     * {@code http://siaran-dispatch:8083}. Without it a preview counts what other campaigns have queued, and nothing of sequences
     * and direct messages; and of a lead that would be left out now it is not always known that a campaign has written to it.
     */
    Optional<ServiceAddress> url();

    /** How long an answer of dispatch-service is waited for; what it would say is missing then. */
    @WithDefault("2s")
    Duration timeout();
}
