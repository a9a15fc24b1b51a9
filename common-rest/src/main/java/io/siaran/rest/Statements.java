package io.siaran.rest;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Runs SQL in the transaction of whoever calls; parameters are {@code $1, $2, …}. */
interface Statements {

    /** The first column of the first row, or empty. */
    Uni<Optional<Object>> value(String sql, Object... parameters);

    /** How many rows it touched. */
    Uni<Integer> update(String sql, Object... parameters);
}
