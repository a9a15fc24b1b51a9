package io.siaran.sequence.batch;

import io.siaran.sql.DataFault;
import java.util.UUID;

/** One row that cannot be processed, while others can. */
public final class FaultyRow extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient UUID row;
    private final transient RuntimeException failure;

    public FaultyRow(UUID row, RuntimeException failure) {
        super(failure.toString(), failure);
        this.row = row;
        this.failure = failure;
    }

    /** The failure as that of this row; one of the database or of the moment as it is. */
    public static RuntimeException of(UUID row, RuntimeException failure) {
        return PassingFault.is(failure) ? failure : new FaultyRow(row, failure);
    }

    UUID row() {
        return row;
    }

    RuntimeException failure() {
        return failure;
    }

    /** Whether it fails however often it is tried, until its data or the program changes; of anything else nobody knows. */
    boolean failsAgain() {
        return DataFault.is(failure);
    }
}
