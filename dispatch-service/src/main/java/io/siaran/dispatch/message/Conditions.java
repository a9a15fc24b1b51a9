package io.siaran.dispatch.message;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Conditions of a statement that is put together, with their arguments numbered behind those that are there already. */
final class Conditions {

    private static final String NAME_OR_PHONE =
            "(m.recipient_name ILIKE $%1$d OR m.recipient_phone LIKE '%%' || nullif(regexp_replace($%1$d, '\\D', '', 'g'), '') || '%%')";

    private final List<Object> arguments;
    private final StringBuilder sql = new StringBuilder();

    Conditions(Object... first) {
        this.arguments = new ArrayList<>(List.of(first));
    }

    /** Adds a condition; a value of null does not filter. */
    void add(String condition, Object value) {
        if (value != null) {
            arguments.add(value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value);
            sql.append(" AND ").append(condition.formatted(arguments.size()));
        }
    }

    /** One value is asked for as such: an index then gives its rows in order. */
    <T> void any(String column, List<T> values, Function<T, UUID> value) {
        UUID[] ids = values.stream().map(value).toArray(UUID[]::new);
        add(column + (ids.length == 1 ? " = $%d" : " = ANY ($%d::uuid[])"), ids.length == 0 ? null : one(ids));
    }

    void anyText(String column, List<String> values) {
        String[] texts = values.toArray(String[]::new);
        add(column + (texts.length == 1 ? " = $%d" : " = ANY ($%d::text[])"), texts.length == 0 ? null : one(texts));
    }

    /** A part of the recipient's name, or some digits of the phone. */
    void contains(String text) {
        if (text != null) {
            add(NAME_OR_PHONE, '%' + text.replaceAll("([\\\\%_])", "\\\\$1") + '%');
        }
    }

    String sql() {
        return sql.toString();
    }

    Object[] arguments() {
        return arguments.toArray();
    }

    private static Object one(Object[] values) {
        return values.length == 1 ? values[0] : values;
    }
}
