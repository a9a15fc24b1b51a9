package io.siaran.gateway.provider.whatsappweb.bridge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The bridge of this installation. */
@ConfigMapping(prefix = "siaran.gateway.bridge")
interface BridgeConfig {

    /** Where any of its processes answers; without it there is no engine {@code bridge}. */
    Optional<String> url();

    /** Its bearer token. */
    Optional<String> token();

    /** How long fetching an image for it may take; the bridge itself fetches nothing. */
    @WithDefault("10s")
    Duration imageTimeout();

    /**
     * Images that are in memory at once, each up to 5 MiB and three times as much while it is written; three eighths of them may be one
     * user's. What comes beyond is given back unsent.
     */
    @WithDefault("40")
    int imagesAtOnce();
}
