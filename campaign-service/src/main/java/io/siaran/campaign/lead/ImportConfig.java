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

    /** So many lines of a file are taken in before a file of another user that waits has its turn. */
    @WithDefault("100000")
    @Min(1)
    int turn();

    /** So many files of one user may wait or be worked on at once; one more is refused with 429 and {@code Retry-After}. */
    @WithDefault("10")
    @Min(1)
    int openPerUser();

    /** So many reasons why lines were refused are kept of an import; of those beyond it says how many there were. */
    @WithDefault("10000")
    @Min(0)
    int keptRejections();
}
