package io.siaran.sequence.enrolment;

import io.siaran.model.SequenceId;
import io.siaran.rest.Refusal;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.pgclient.PgException;
import java.time.Duration;

/** How many filters ask leads into a sequence at once, and how many others each of them leaves out. */
final class CrowdBounds {

    /**
     * Under way into one sequence. Each costs a page of 2,000 reviews in every turn of {@link MarkLeads}, for which whoever is behind
     * it waits, and every take-out locks them all. Somebody at a desk has one or two; a client that asks in a loop has as many
     * as it is let have.
     */
    static final int MOST_UNDER_WAY = 20;

    /**
     * Filters that one leaves out: each lead that a page walks over is judged by all of them, and where few match it walks over every
     * lead of the user. Of 200,000 leads that took 0.3 s with none left out, 1.2 s with 20, 5.9 s with 100.
     */
    static final int MOST_LEFT_OUT = 20;

    /** The interval at which {@link MarkLeads} goes on, by default. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(15);

    /** Whoever has the lock has it for a page of leads, a second at most. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String SET_PATIENCE =
            "SELECT current_setting('lock_timeout') AS before," + " set_config('lock_timeout', $1, true) AS now";
    private static final String LOCK = "SELECT FROM pg_advisory_xact_lock(hashtextextended('crowds ' || $1::text, 0))";
    private static final String UNDER_WAY = "SELECT count(*) AS filters FROM requested_crowds WHERE sequence_id = $1";
    private static final String END_FULL = Sql.load(CrowdBounds.class, "end-full-crowds.sql");

    private CrowdBounds() {}

    /**
     * No filter is added to those of the sequence, and nobody else leaves one out, until the transaction ends. Before any other lock: who
     * has it may wait for whatever follows. It is none of the sequence's row, so nobody who pauses or edits it waits for a crowd.
     */
    static void lock(Tx tx, SequenceId sequence) {
        tx.run(LOCK, sequence.toString());
    }

    /**
     * As {@link #lock}, for a request that can come again: whoever waits for the lock has a connection of the engines.
     *
     * @throws Refusal a 429 when the lock is not to be had soon; the transaction rolls back
     */
    static void lockSoon(Tx tx, SequenceId sequence) {
        String before = setPatience(tx, PATIENCE.toMillis() + "ms");
        try {
            lock(tx, sequence);
        } catch (PgException refused) {
            if (!LOCK_NOT_AVAILABLE.equals(refused.getSqlState())) {
                throw refused;
            }
            throw Refusal.tooMany("other filters of this sequence are being dealt with: come again", SOON);
        }
        // What follows has the patience of every other transaction.
        setPatience(tx, before);
    }

    private static String setPatience(Tx tx, String patience) {
        return tx.run(SET_PATIENCE, patience).iterator().next().getString("before");
    }

    /**
     * Holds for the whole transaction only if the caller has {@link #lock}; before that it spares whoever is refused the count.
     *
     * @throws Refusal a 429 while as many are under way as may be: they end by themselves
     */
    static void requireRoom(Tx tx, SequenceId sequence) {
        long underWay = tx.run(UNDER_WAY, sequence.value()).iterator().next().getLong("filters");
        if (underWay >= MOST_UNDER_WAY) {
            throw Refusal.tooMany(
                    underWay
                            + " filters are asking leads into this sequence already, as many as may be: wait until one has asked"
                            + " all that match, or end it by a take-out with the same filter",
                    RETRY_AFTER);
        }
    }

    /**
     * Ends those that would leave out one filter too many. A take-out is a stop, so it is never refused, nor put off until people have got
     * a message: rather some are not asked in whom somebody wanted in, and the answer says so. The caller has {@link #lock} and
     * the locks of the filters. Answers how many ended.
     */
    static int endFull(Tx tx, SequenceId sequence, EnrolRequest.Filter leftOut) {
        return tx.run(
                        END_FULL,
                        sequence.value(),
                        leftOut.niche(),
                        leftOut.status(),
                        leftOut.device(),
                        leftOut.trigger(),
                        MOST_LEFT_OUT)
                .rowCount();
    }
}
