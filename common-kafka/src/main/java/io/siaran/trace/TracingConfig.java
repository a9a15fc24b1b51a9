package io.siaran.trace;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** {@code siaran.tracing.*}: whether messages are traced, and where to. */
@ConfigMapping(prefix = "siaran.tracing")
public interface TracingConfig {

    /** Base address of an OTLP receiver over HTTP, as {@code http://collector:4318}. Not set: nothing is traced. */
    Optional<String> endpoint();

    /**
     * The share of the messages that are traced, 0 to 1. The same messages in every service; those that fail are told of
     * whatever the share, as far back as each process remembers.
     */
    @WithDefault("0.01")
    double share();
}
