package io.siaran.gateway.lane;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the lanes work. */
@ConfigMapping(prefix = "siaran.gateway.lane")
interface LaneConfig {

    /**
     * From the end of the call's time-out to the moment when any instance may call it cut: the time to commit the beginning,
     * to wait for the second that may pass before the request, and to settle.
     */
    @WithDefault("10s")
    Duration settleGrace();

    /** Between the commit of a turn and its request; what comes later is not sent, since others may believe it cut. */
    @WithDefault("1s")
    Duration latestRequest();

    /**
     * Statements of the journal at once, fewer than the pool has connections: the others wait here, before the second of
     * {@link #latestRequest()} runs, rather than in the pool, within it.
     */
    @WithDefault("12")
    int statementsAtOnce();

    /** Groups of turns that begin, or end, at once, each in one transaction: one waits for the disk while another works. */
    @WithDefault("2")
    int groupsAtOnce();

    /** Turns of one group: more gain nothing, and all of a group wait for the row of one. */
    @WithDefault("32")
    int largestGroup();

    /** Records taken and not yet settled; at most four a device, so 10,000 devices fit. Beyond, Kafka waits. */
    @WithDefault("50000")
    int mostUnsettled();

    /**
     * Characters of those records. A record stays whole until it is acknowledged, beside its parsed text, so a character may
     * take four bytes: 96 MiB at most. 10,000 devices with four usual messages each have fewer.
     */
    @WithDefault("25165824")
    int mostUnsettledCharacters();

    /** How long a shutdown waits for calls in flight: the call's time-out and the time to settle. */
    @WithDefault("25s")
    Duration shutdownLimit();
}
