package io.siaran.gateway.journal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How tries are begun and settled, and how long the journal remembers them. */
@ConfigMapping(prefix = "siaran.gateway.journal")
public interface JournalConfig {

    /**
     * From the end of the call's time-out to the moment when any instance may call it cut: the time to commit the beginning,
     * to wait for the second that may pass before the request, and to settle.
     */
    @WithDefault("10s")
    Duration settleGrace();

    /**
     * Statements of the journal at once, fewer than the pool has connections: the others wait here, before the second of
     * {@code siaran.gateway.turn.latest-request} runs, rather than in the pool, within it.
     */
    @WithDefault("12")
    int statementsAtOnce();

    /** Groups of turns that begin, or end, at once, each in one transaction: one waits for the disk while another works. */
    @WithDefault("2")
    int groupsAtOnce();

    /** Turns of one group: more gain nothing, and all of a group wait for the row of one. */
    @WithDefault("32")
    int largestGroup();

    /**
     * For how long a person who wrote to a device is in its reply lane, which no cap counts or holds: WhatsApp's own window for
     * answers of a business.
     */
    @WithDefault("24h")
    Duration replyLane();

    /**
     * How long an ended try is kept: at least {@link #sendsRetention}, and 7 days, and two hours, which is more than a release lives
     * (3,600 s of delay and 240 s of grace). A command that Kafka brings again after that would find no trace of its try:
     * a recall would be answered {@code returned} though the message went out. Within 7 days dispatch-service believes that
     * answer, later it is unknown what became of the message.
     */
    @WithDefault("8d")
    Duration keep();

    /** How long Kafka keeps {@code device-sends}. */
    @WithDefault("7d")
    Duration sendsRetention();

    /**
     * How long a try is kept whose outcome is not known and was not waived: its row is what refuses a second send, so it
     * stays as long as an operator may still come to decide.
     */
    @WithDefault("90d")
    Duration keepUnknown();
}
