package io.siaran.campaign.progress;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** {@code siaran.progress.*}; the defaults stand in {@code application.properties}. */
@ConfigMapping(prefix = "siaran.progress")
interface ProgressConfig {

    /** How often campaigns are looked for of which every message has come to its end. */
    Duration completionInterval();
}
