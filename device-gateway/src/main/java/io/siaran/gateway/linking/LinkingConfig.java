package io.siaran.gateway.linking;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often platforms are asked. */
@ConfigMapping(prefix = "siaran.gateway.check")
interface LinkingConfig {

    /** Between two checks of a device; longer than a call may take, so that no device is asked twice at once. */
    @WithDefault("30s")
    Duration every();

    /** Checks under way at once in this instance: 3,000 devices every 30 s are 100 a second, some of them slow. */
    @WithDefault("200")
    int atOnce();
}
