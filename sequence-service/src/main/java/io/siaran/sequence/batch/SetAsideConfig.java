package io.siaran.sequence.batch;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** {@code siaran.sequence.set-aside.*}; the defaults stand in {@code application.properties}. */
@ConfigMapping(prefix = "siaran.sequence.set-aside")
interface SetAsideConfig {

    /** How long a row that cannot be processed is left alone before it is tried again. */
    Duration retryAfter();
}
