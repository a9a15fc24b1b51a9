package io.siaran.gateway.lane;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the lanes work. */
@ConfigMapping(prefix = "siaran.gateway.lane")
interface LaneConfig {

    /** Records taken and not yet settled; at most four a device, so 10,000 devices fit. Beyond, Kafka waits. */
    @WithDefault("50000")
    int mostUnsettled();

    /**
     * Characters of those records. A record stays whole until it is acknowledged, beside its parsed text, so a character may
     * take four bytes: 96 MiB at most. 10,000 devices with four usual messages each have fewer.
     */
    @WithDefault("25165824")
    int mostUnsettledCharacters();

    /** How long a shutdown waits for calls in flight: the longest time-out of a platform (60 s) and the time to settle. */
    @WithDefault("70s")
    Duration shutdownLimit();
}
