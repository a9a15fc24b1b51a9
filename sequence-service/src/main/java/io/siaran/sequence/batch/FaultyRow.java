package io.siaran.sequence.batch;

import io.vertx.pgclient.PgException;
import java.time.DateTimeException;
import java.util.Set;
import java.util.UUID;

/** One row that cannot be processed, however often it is tried, until its data or the program changes. */
public final class FaultyRow extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Classes of SQLSTATE that say so: data exception, constraint violation, program limit (a key too long for its index). */
    private static final Set<String> FAULTS_OF_DATA = Set.of("22", "23", "54");

    private final transient UUID row;

    public FaultyRow(UUID row, RuntimeException cause) {
        super(cause.toString(), cause);
        this.row = row;
    }

    /** The failure as that of this row; one that is not the row's fault as it is. */
    public static RuntimeException of(UUID row, RuntimeException failure) {
        return isFaultOfData(failure) ? new FaultyRow(row, failure) : failure;
    }

    static boolean isFaultOfData(RuntimeException failure) {
        return switch (failure) {
            case PgException refusal ->
                refusal.getSqlState() != null
                        && FAULTS_OF_DATA.contains(refusal.getSqlState().substring(0, 2));
            case IllegalArgumentException _, NullPointerException _, ArithmeticException _, DateTimeException _ -> true;
            default -> false;
        };
    }

    UUID row() {
        return row;
    }
}
