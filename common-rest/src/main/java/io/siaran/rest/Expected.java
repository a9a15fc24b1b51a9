package io.siaran.rest;

import io.siaran.model.WireEnum;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Says in the caller's words what a value of a type looks like. */
final class Expected {

    private static final Map<Class<?>, String> WORDS = Map.ofEntries(
            Map.entry(UUID.class, "must be a UUID"),
            Map.entry(String.class, "must be a text, without the character U+0000"),
            Map.entry(Boolean.class, "must be true or false"),
            Map.entry(boolean.class, "must be true or false"),
            Map.entry(int.class, "must be a whole number"),
            Map.entry(long.class, "must be a whole number"),
            Map.entry(Integer.class, "must be a whole number"),
            Map.entry(Long.class, "must be a whole number"),
            Map.entry(LocalDate.class, "must be a date as YYYY-MM-DD"),
            Map.entry(LocalTime.class, "must be a time of day as HH:MM"),
            Map.entry(Instant.class, "must be a time by RFC 3339, like 2026-11-27T01:00:00Z"),
            Map.entry(OffsetDateTime.class, "must be a time by RFC 3339, like 2026-11-27T01:00:00Z"),
            Map.entry(Duration.class, "must be a duration by ISO 8601, like PT90S"),
            Map.entry(ZoneId.class, "must be a time zone, like Asia/Kuala_Lumpur"));

    private Expected() {}

    static String of(Class<?> type) {
        if (type == null) {
            return "is not valid";
        }
        if (type.isEnum()) {
            return "must be one of "
                    + Arrays.stream(type.getEnumConstants()).map(Expected::word).collect(Collectors.joining(", "));
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return "must be a list";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return WORDS.getOrDefault(type, "must be a number");
        }
        return WORDS.getOrDefault(
                type, type.isRecord() || Map.class.isAssignableFrom(type) ? "must be one JSON object" : "is not valid");
    }

    /** A word of no characters is not seen without its quotes. */
    private static String word(Object constant) {
        String word = constant instanceof WireEnum wire ? wire.wire() : ((Enum<?>) constant).name();
        return word.isEmpty() ? "\"\"" : word;
    }
}
