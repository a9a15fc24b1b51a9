package io.siaran.gateway.provider;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the platforms are called. */
@ConfigMapping(prefix = "siaran.gateway.call")
public interface ProviderConfig {

    /** Until the connection stands; a call that gets none is provably not sent. */
    @WithDefault("3s")
    Duration connectTimeout();

    /** Until the whole answer is read; what takes longer is unknown. */
    @WithDefault("20s")
    Duration timeout();

    /**
     * How long an idle connection is kept. Short: a server that closes one while we write on it makes a false unknown.
     */
    @WithDefault("4s")
    Duration idleTimeout();

    /** Connections to one server: as many as its devices may call at once, since no device waits for another. */
    @WithDefault("5000")
    int maxConnections();
}
