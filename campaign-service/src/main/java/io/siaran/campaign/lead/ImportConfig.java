package io.siaran.campaign.lead;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** {@code siaran.import.*}: how files of leads are taken in. Public since its group is validated from outside of the package. */
@ConfigMapping(prefix = "siaran.import")
public interface ImportConfig {

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

    /**
     * So many lines may stand in one file, repeated and refused ones too; with one more the import ends as failed, and what was before is
     * written. A file that is handed back is read again from its first line each turn: one of 16 million lines that say the same was parsed
     * 160 times while others waited.
     */
    @WithDefault("8000000")
    @Min(1)
    int lines();

    /** So many lines of a file are taken in before a file of another user that waits has its turn. */
    @WithDefault("100000")
    @Min(1)
    int turn();

    /**
     * So many times in a row may whoever works on a file be lost, with its process or without a word for two minutes, before a further line is
     * taken in; then the import ends as failed, and what was before is written. A file that kills its process would take one after the other.
     */
    @WithDefault("5")
    @Min(1)
    int lostLeases();

    /** So many files of one user may wait or be worked on at once; one more is refused with 429 and {@code Retry-After}. */
    @WithDefault("10")
    @Min(1)
    int openPerUser();

    /** So many reasons why lines were refused are kept of an import; of those beyond it says how many there were. */
    @WithDefault("10000")
    @Min(0)
    int keptRejections();

    /** Files that come in. */
    Uploads uploads();

    /** {@code siaran.import.uploads.*} */
    interface Uploads {

        /** So many files come in at once in one process, each of which takes some 4 MB of the heap; one more is refused with 429. */
        @WithDefault("8")
        @Min(1)
        int atOnce();

        /** So many of them of one user. */
        @WithDefault("2")
        @Min(1)
        int perUser();

        /** Who sends a file is waited for as long as this beyond what {@code slowest} would take, at any time; then it is answered with 408. While a part of it is stored nobody waits for it. */
        @WithDefault("1m")
        Duration patience();

        /** So much of a file a second is slow enough for anybody. */
        @WithDefault("64K")
        MemorySize slowest();
    }
}
