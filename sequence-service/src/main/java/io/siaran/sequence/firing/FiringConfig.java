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
}
