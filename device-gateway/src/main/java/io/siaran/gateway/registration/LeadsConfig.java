package io.siaran.gateway.registration;

import io.siaran.rest.ServiceAddress;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Where the leads of devices are. */
@ConfigMapping(prefix = "siaran.gateway.leads")
interface LeadsConfig {

    /**
     * What stands before {@code /api/v1/leads} of campaign-service, such as {@code http://siaran-campaign:8081}. Without it devices
     * are deleted whether or not they have leads, and no leads are moved.
     */
    Optional<ServiceAddress> url();

    /** How long an answer of campaign-service is waited for; a call moves at most 10,000 leads. */
    @WithDefault("20s")
    Duration timeout();
}
