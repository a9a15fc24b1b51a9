package io.siaran.sql;

import io.siaran.model.WireEnum;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;

/** Turns rows into the arrays that {@code unnest} reads: one argument a column, however many rows. */
public record Columns<T>(Collection<T> rows) {

    public UUID[] uuids(Function<T, UUID> column) {
        return rows.stream().map(column).toArray(UUID[]::new);
    }

    public String[] texts(Function<T, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    public String[] wires(Function<T, ? extends WireEnum> column) {
        return texts(row -> {
            WireEnum value = column.apply(row);
            return value == null ? null : value.wire();
        });
    }

    public Integer[] integers(Function<T, Integer> column) {
        return rows.stream().map(column).toArray(Integer[]::new);
    }

    public Long[] longs(Function<T, Long> column) {
        return rows.stream().map(column).toArray(Long[]::new);
    }

    public Boolean[] booleans(Function<T, Boolean> column) {
        return rows.stream().map(column).toArray(Boolean[]::new);
    }

    public OffsetDateTime[] times(Function<T, Instant> column) {
        return rows.stream().map(column).map(Columns::utc).toArray(OffsetDateTime[]::new);
    }

    private static OffsetDateTime utc(Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
