package io.siaran.gateway.linking;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How phones are linked. */
@ConfigMapping(prefix = "siaran.gateway.link")
interface LinkConfig {

    /** How long the address of a link page holds. Whoever has it can link a phone of their own to the device. */
    @WithDefault("15m")
    Duration valid();
}
