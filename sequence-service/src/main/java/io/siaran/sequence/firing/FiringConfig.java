package io.siaran.sequence.firing;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Positive;
import java.time.Duration;

/** {@code siaran.sequence.firing.*}; the defaults stand in {@code application.properties}. */
@ConfigMapping(prefix = "siaran.sequence.firing")
interface FiringConfig {

    /** Steps leased, published and marked together. */
    @Positive
    int batchSize();

    /** How long no other instance fires what one has leased. */
    Duration lease();

    /** After how long without any outcome a step is published again, under the same id. */
    Duration repeatAfter();

    /** Whether leads are reviewed and steps fired at once where there is news, besides at intervals. */
    boolean atOnce();
}
