package io.siaran.sequence.lead;

import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;

/** Turns rows into the column arrays that {@code unnest} takes. */
record Columns<T>(Collection<T> rows) {

    UUID[] ids(Function<T, UUID> column) {
        return rows.stream().map(column).toArray(UUID[]::new);
    }

    String[] texts(Function<T, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    Long[] numbers(Function<T, Long> column) {
        return rows.stream().map(column).toArray(Long[]::new);
    }

    Boolean[] flags(Function<T, Boolean> column) {
        return rows.stream().map(column).toArray(Boolean[]::new);
    }
}
