package io.siaran.gateway.lane;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long the journal remembers. */
@ConfigMapping(prefix = "siaran.gateway.journal")
interface JournalConfig {

    /**
     * How long an ended try is kept: at least {@link #sendsRetention} and two hours, which is more than a release lives
     * (3,600 s of delay and 240 s of grace). A command that Kafka brings again after that would find no trace of its try:
     * a recall would be answered {@code returned} though the message went out.
     */
    @WithDefault("8d")
    Duration keep();

    /** How long Kafka keeps {@code device-sends}. */
    @WithDefault("7d")
    Duration sendsRetention();

    /**
     * How long a try is kept whose outcome is not known and was not waived: its row is what refuses a second send, so it
     * stays as long as a person may still come to decide.
     */
    @WithDefault("90d")
    Duration keepUnknown();
}
