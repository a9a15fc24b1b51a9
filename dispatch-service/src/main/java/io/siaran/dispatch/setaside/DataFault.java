package io.siaran.dispatch.setaside;

import io.vertx.pgclient.PgException;
import java.util.Set;

/** Refusals of PostgreSQL that lie in the data: they come again however often the statement is repeated. */
final class DataFault {

    /** Classes of SQLSTATE: data exception, constraint violation, program limit (a key too long for its index). */
    private static final Set<String> CLASSES = Set.of("22", "23", "54");

    private DataFault() {}

    static boolean is(PgException refusal) {
        String state = refusal.getSqlState();
        return state != null && state.length() == 5 && CLASSES.contains(state.substring(0, 2));
    }
}
