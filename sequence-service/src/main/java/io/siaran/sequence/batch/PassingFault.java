package io.siaran.sequence.batch;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.util.Set;
import java.util.concurrent.CompletionException;

/** Failures of the database or of the moment: no row is at fault, and the same work may succeed at the next attempt. */
public final class PassingFault {

    /** Classes of SQLSTATE: connection, rollback (deadlock), resources, what is locked or not ready, intervention, system. */
    private static final Set<String> CLASSES = Set.of("08", "40", "53", "55", "57", "58");

    /** Of them: a statement that takes too long, which may be for its row. */
    private static final String BROKEN_OFF = "57014";

    private PassingFault() {}

    public static boolean is(RuntimeException failure) {
        if (failure instanceof PgException refusal) {
            return isOfTheMoment(refusal.getSqlState());
        }
        // A connection that is lost, and what is no RuntimeException by itself: one that is refused, a pool that is
        // closed.
        return failure instanceof TimeoutException
                || failure instanceof VertxException
                || failure instanceof CompletionException;
    }

    private static boolean isOfTheMoment(String sqlState) {
        return sqlState == null
                || sqlState.length() != 5
                || (CLASSES.contains(sqlState.substring(0, 2)) && !sqlState.equals(BROKEN_OFF));
    }
}
