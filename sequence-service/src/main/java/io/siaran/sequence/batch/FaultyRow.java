package io.siaran.sequence.batch;

import io.siaran.sql.DataFault;
import java.util.UUID;

/** One row that cannot be processed, however often it is tried, until its data or the program changes. */
public final class FaultyRow extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient UUID row;

    public FaultyRow(UUID row, RuntimeException cause) {
        super(cause.toString(), cause);
        this.row = row;
    }

    /** The failure as that of this row; one that is not the row's fault as it is. */
    public static RuntimeException of(UUID row, RuntimeException failure) {
        return DataFault.is(failure) ? new FaultyRow(row, failure) : failure;
    }

    UUID row() {
        return row;
    }
}
