package io.siaran.gateway.provider.whatsappweb.bridge;

import io.quarkus.runtime.configuration.MemorySize;
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
     * Memory that images may take which are under way, each four times its size; three eighths of it may be one user's. A quarter of the heap
     * where nothing is said. What finds no room is given back unsent, and sent later.
     */
    Optional<MemorySize> imageMemory();
}
