package io.siaran.gateway.turn;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a turn calls its platform. */
@ConfigMapping(prefix = "siaran.gateway.turn")
public interface TurnConfig {

    /** Between the commit of a turn and its request; what comes later is not sent, since others may believe it cut. */
    @WithDefault("1s")
    Duration latestRequest();
}
