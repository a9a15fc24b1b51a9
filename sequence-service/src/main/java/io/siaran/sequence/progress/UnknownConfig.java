package io.siaran.sequence.progress;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Positive;
import java.time.Duration;

/** {@code siaran.sequence.unknown.*}; the defaults stand in {@code application.properties}. */
@ConfigMapping(prefix = "siaran.sequence.unknown")
interface UnknownConfig {

    /** How long an enrolment waits for the truth about a step. */
    Duration timeout();

    /** Enrolments taken on in one transaction. */
    @Positive
    int batchSize();
}
