package io.siaran.gateway.journal;

import io.vertx.pgclient.PgException;
import java.util.Set;

/** What the database's refusal of a statement means. Pure. */
public final class SqlRefusal {

    /** Of the statement as it stands: data exception, constraint violation. */
    private static final Set<String> DATA = Set.of("22", "23");

    /** Of the moment: a deadlock, a statement that took too long. */
    private static final Set<String> MOMENT = Set.of("40", "57014");

    private SqlRefusal() {}

    /** The same data would be refused again. */
    public static boolean isOfTheData(PgException refused) {
        return isAnyOf(DATA, refused);
    }

    /** Nothing of its transaction has happened: the server said so before any commit. */
    public static boolean isCertain(RuntimeException failure) {
        return failure instanceof PgException refused && (isAnyOf(DATA, refused) || isAnyOf(MOMENT, refused));
    }

    private static boolean isAnyOf(Set<String> states, PgException refused) {
        return refused.getSqlState() != null && states.stream().anyMatch(refused.getSqlState()::startsWith);
    }
}
