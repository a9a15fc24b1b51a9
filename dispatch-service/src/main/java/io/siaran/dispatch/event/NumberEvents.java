package io.siaran.dispatch.event;

import io.siaran.model.UserId;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        Numbered numbered = database.inTransaction(tx -> numberIfNobodyDoes(tx, atMost));
        signal.ring(numbered.users());
        return numbered.events();
    }

    private static Numbered numberIfNobodyDoes(Tx tx, int atMost) {
        if (!tx.run(TURN).iterator().next().getBoolean("mine")) {
            return new Numbered(0, Set.of());
        }
        Row row = tx.run(NUMBER, atMost).iterator().next();
        return new Numbered(
                row.getInteger("taken"),
                Stream.of(row.getArrayOfStrings("users")).map(UserId::new).collect(Collectors.toSet()));
    }

    private record Numbered(int events, Set<UserId> users) {}
}
