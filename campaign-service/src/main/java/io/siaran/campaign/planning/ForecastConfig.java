package io.siaran.campaign.planning;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a forecast takes for granted. */
@ConfigMapping(prefix = "siaran.campaign.forecast")
interface ForecastConfig {

    /**
     * What a message takes beside the pause before it: the call to its platform. The mean of the gateway's
     * {@code siaran_call_duration_seconds} says how long that is here.
     */
    @WithDefault("1s")
    Duration callTime();
}
