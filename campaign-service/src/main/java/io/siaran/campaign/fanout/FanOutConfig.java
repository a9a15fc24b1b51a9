package io.siaran.campaign.fanout;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** {@code siaran.fanout.*}; the defaults stand in {@code application.properties}, with their reasons. */
@ConfigMapping(prefix = "siaran.fanout")
interface FanOutConfig {

    /** How often campaigns are looked for whose time has come. */
    Duration dueInterval();

    /** How often fan-outs are looked for that nobody works on. */
    Duration pollInterval();

    /** Leads read at once, and noted at once; fewer where they have many long attributes. */
    @Min(1)
    @Max(5_000)
    int pageSize();

    /** How long pages that Kafka acknowledged wait for the cursor to move past them; at most a quarter of the lease. */
    Duration moveInterval();

    /** After how long without a move of its cursor another replica takes a fan-out over. */
    Duration lease();

    /** Fan-outs that one replica works on side by side. */
    @Min(1)
    int atOnce();

    /** How long nothing more of a run is stored before it is published again; twice as long after each repetition. */
    Duration repeatAfter();

    /** How often a run is published again before an operator is told to look. */
    @Min(0)
    @Max(10)
    int repeatAtMost();

    /** The group of consumers that stores what is published: while it is behind, nothing is published again. */
    String readerGroup();
}
