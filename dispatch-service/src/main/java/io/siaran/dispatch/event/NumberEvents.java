package io.siaran.dispatch.event;

import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Gives new events their numbers and hands them to the webhooks that want them: one process at a time, a batch a transaction. A
 * crash loses nothing, and numbers nothing twice: what is taken from the one table is in the other.
 */
@ApplicationScoped
public class NumberEvents {

    private static final String NUMBER = Sql.load(NumberEvents.class, "number.sql");
    private static final String TURN =
            "SELECT pg_try_advisory_xact_lock(hashtext('siaran-dispatch-events')::bigint) AS mine";

    private final Database database;
    private final EventSignal signal;

    NumberEvents(Database database, EventSignal signal) {
        this.database = database;
        this.signal = signal;
    }

    /** Answers how many it numbered; 0 also while another process is at it. */
    public int number(int atMost) {
        int numbered = database.inTransaction(tx -> numberIfNobodyDoes(tx, atMost));
        if (numbered > 0) {
            signal.ring();
        }
        return numbered;
    }

    private static int numberIfNobodyDoes(Tx tx, int atMost) {
        return tx.run(TURN).iterator().next().getBoolean("mine")
                ? tx.run(NUMBER, atMost).iterator().next().getInteger("taken")
                : 0;
    }
}
