package io.siaran.dispatch.message;

import io.siaran.model.MessageState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Conditions of a statement that is put together, with their arguments numbered behind those that are there already. */
final class Conditions {

    private static final String NAME_OR_PHONE =
            "(m.recipient_name ILIKE $%1$d OR m.recipient_phone LIKE '%%' || nullif(regexp_replace($%1$d, '\\D', '', 'g'), '') || '%%')";

    static final Set<MessageState> UNSENT = EnumSet.of(MessageState.PENDING, MessageState.PROCESSING);

    private final List<Object> arguments;
    private final StringBuilder sql = new StringBuilder();

    Conditions(Object... first) {
        this(new ArrayList<>(List.of(first)));
    }

    private Conditions(List<Object> arguments) {
        this.arguments = arguments;
    }

    /** More of them, for another place of the same statement. */
    Conditions further() {
        return new Conditions(arguments);
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

    /** In words and not as an argument: an index with a condition serves only a statement that says so. */
    void statuses(Collection<MessageState> statuses) {
        if (!statuses.isEmpty()) {
            says(statuses.stream().map(MessageState::wire).collect(Collectors.joining("', '", "m.status IN ('", "')")));
            if (UNSENT.containsAll(statuses)) {
                withinTheQueue();
            }
        }
    }

    /** In no month in which nothing waits or is in flight. */
    void withinTheQueue() {
        says("m.id >= (SELECT open_from FROM queue_bounds)");
    }

    /** A condition that has no argument. */
    void says(String condition) {
        sql.append(" AND ").append(condition);
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
