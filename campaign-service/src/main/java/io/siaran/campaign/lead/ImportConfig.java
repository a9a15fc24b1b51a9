package io.siaran.campaign.lead;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** {@code siaran.import.*}: how files of leads are taken in. */
@ConfigMapping(prefix = "siaran.import")
interface ImportConfig {

    /** How often imports are looked for that nobody works on. */
    Duration pollInterval();

    /**
     * So many phones may stand in one file, each counted once a device; with one more the import ends as failed, and what was before is
     * written. Two million take 32 MB of the heap, 48 while the table grows, and from 2,097,153 on twice as much.
     */
    @WithDefault("2000000")
    @Min(1)
    @Max(16_000_000)
    int phones();
}
