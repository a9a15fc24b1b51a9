package io.siaran.gateway.journal;

import io.siaran.sql.DataFault;
import io.vertx.pgclient.PgException;
import java.util.Set;

/** What the database's refusal of a statement means. Pure. */
public final class SqlRefusal {

    /** Of the moment: a deadlock, a statement that took too long. */
    private static final Set<String> MOMENT = Set.of("40", "57014");

    private SqlRefusal() {}

    /** The same data would be refused again. */
    public static boolean isOfTheData(PgException refused) {
        return DataFault.is(refused);
    }

    /** Nothing of its transaction has happened: the server said so before any commit. */
    public static boolean isCertain(RuntimeException failure) {
        return failure instanceof PgException refused && (isOfTheData(refused) || isOfTheMoment(refused));
    }

    private static boolean isOfTheMoment(PgException refused) {
        return refused.getSqlState() != null && MOMENT.stream().anyMatch(refused.getSqlState()::startsWith);
    }
}
