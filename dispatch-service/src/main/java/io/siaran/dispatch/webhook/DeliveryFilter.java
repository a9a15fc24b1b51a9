package io.siaran.dispatch.webhook;

import io.siaran.dispatch.event.EventType;
import io.siaran.model.WireEnum;
import io.siaran.rest.Refusal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Which deliveries are meant. An empty list and a null do not filter.
 *
 * @param from made at or after
 * @param to made before
 */
record DeliveryFilter(List<DeliveryStatus> statuses, List<String> types, Instant from, Instant to) {

    /** As conditions on {@code webhook_deliveries AS d}, from the second argument on. */
    static final String CONDITIONS = """
             AND ($2::text[] IS NULL OR d.status = ANY ($2)) AND ($3::text[] IS NULL OR d.type = ANY ($3))
             AND ($4::timestamptz IS NULL OR d.created_at >= $4) AND ($5::timestamptz IS NULL OR d.created_at < $5)
            """;

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** Throws {@link Refusal} (a 400) for a type that there is not, and for a time beyond all times. */
    DeliveryFilter {
        statuses = statuses == null ? List.of() : List.copyOf(statuses);
        types = types == null ? List.of() : List.copyOf(types);
        EventType.requireKnown("type", types);
        requireYear("from", from);
        requireYear("to", to);
    }

    String[] statusArgument() {
        return statuses.isEmpty() ? null : statuses.stream().map(WireEnum::wire).toArray(String[]::new);
    }

    String[] typeArgument() {
        return types.isEmpty() ? null : types.toArray(String[]::new);
    }

    OffsetDateTime fromArgument() {
        return from == null ? null : from.atOffset(ZoneOffset.UTC);
    }

    OffsetDateTime toArgument() {
        return to == null ? null : to.atOffset(ZoneOffset.UTC);
    }

    private static void requireYear(String field, Instant time) {
        if (time != null && (time.isBefore(EARLIEST) || time.isAfter(LATEST))) {
            throw Refusal.invalid(field, "must be between " + EARLIEST + " and " + LATEST);
        }
    }
}
