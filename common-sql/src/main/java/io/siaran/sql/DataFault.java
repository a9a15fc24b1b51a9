package io.siaran.sql;

import io.vertx.pgclient.PgException;
import java.time.DateTimeException;
import java.util.Set;

/** Failures that lie in the data: they come again however often the work is repeated, until the data or the program changes. */
public final class DataFault {

    /**
     * Classes of SQLSTATE: cardinality violation (two rows of a batch that want one row changed), data exception, constraint
     * violation, program limit (a key too long for its index).
     */
    private static final Set<String> CLASSES = Set.of("21", "22", "23", "54");

    private DataFault() {}

    /**
     * Whether this failure is one of them. PostgreSQL says it by its SQLSTATE; our own code by refusing an argument, or by
     * a time or number that cannot be computed. Everything else may be over at the next attempt.
     */
    public static boolean is(RuntimeException failure) {
        if (failure instanceof PgException refusal) {
            return isOfTheData(refusal.getSqlState());
        }
        return failure instanceof IllegalArgumentException
                || failure instanceof NullPointerException
                || failure instanceof ArithmeticException
                || failure instanceof DateTimeException;
    }

    private static boolean isOfTheData(String sqlState) {
        return sqlState != null && sqlState.length() == 5 && CLASSES.contains(sqlState.substring(0, 2));
    }
}
