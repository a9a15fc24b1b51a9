package io.siaran.gateway.linking;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How phones are linked. */
@ConfigMapping(prefix = "siaran.gateway.link")
interface LinkConfig {

    /** How long the address of a link page holds. Whoever has it can link a phone of their own to the device. */
    @WithDefault("15m")
    Duration valid();

    /**
     * What stands before {@code /api/v1/devices} in the addresses of link pages, where it is another host than that of the
     * callbacks, at which nothing else may be reached. Without it {@code siaran.gateway.callback.public-url}.
     */
    Optional<String> publicUrl();
}
