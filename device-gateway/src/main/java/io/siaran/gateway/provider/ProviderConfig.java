package io.siaran.gateway.provider;

import io.siaran.gateway.device.Platform;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** How the platforms are called. */
@ConfigMapping(prefix = "siaran.gateway.call")
public interface ProviderConfig {

    /** Until the connection stands; a call that gets none is provably not sent. */
    @WithDefault("3s")
    Duration connectTimeout();

    /** Until the whole answer of a send is read, of a platform that has no time-out of its own; what takes longer is unknown. */
    @WithDefault("20s")
    Duration timeout();

    /** The same of single platforms, by their lower-case names: longer than the platform itself may take to answer. */
    Map<String, Duration> timeouts();

    /** Until a question is answered that sends nothing: health, look-up, number check, typing. */
    @WithDefault("20s")
    Duration questionTimeout();

    /**
     * How long an idle connection is kept. Short: a server that closes one while we write on it makes a false unknown.
     */
    @WithDefault("4s")
    Duration idleTimeout();

    /**
     * Sends under way at one server, each with a connection of its own: as many as its devices may make at once, since no
     * device waits for another. What comes beyond is given back unsent.
     */
    @WithDefault("5000")
    int maxConnections();

    /** Questions under way at one server, beside its sends. What comes beyond is not asked now. */
    @WithDefault("2000")
    int questionsAtOnce();

    default Duration timeout(Platform platform) {
        return timeouts().getOrDefault(platform.wire(), timeout());
    }
}
