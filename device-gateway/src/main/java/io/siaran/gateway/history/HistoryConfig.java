package io.siaran.gateway.history;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long it is remembered what became of devices. */
@ConfigMapping(prefix = "siaran.gateway.history")
interface HistoryConfig {

    /** How long an event is kept; of one device at most its last thousand are. */
    @WithDefault("90d")
    Duration keep();
}
