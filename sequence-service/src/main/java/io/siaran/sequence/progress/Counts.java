package io.siaran.sequence.progress;

import io.vertx.mutiny.sqlclient.Row;

/**
 * How many contacts are where.
 *
 * @param entered whose turn at the step has come
 * @param pending whose outcome is still open, queued ones included
 * @param delivered of those sent; so is {@code read}
 */
record Counts(
        long entered, long pending, long sent, long delivered, long read, long failed, long cancelled, long unknown) {

    static Counts of(Row row) {
        return new Counts(
                row.getLong("entered"),
                row.getLong("pending"),
                row.getLong("sent"),
                row.getLong("delivered"),
                row.getLong("read"),
                row.getLong("failed"),
                row.getLong("cancelled"),
                row.getLong("unknown"));
    }
}
