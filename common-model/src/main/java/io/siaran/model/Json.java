package io.siaran.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/**
 * The JSON of Kafka records: {@code snake_case}, times as RFC 3339 text. Reading ignores unknown fields, so that a newer
 * writer does not stop an older reader; REST is stricter.
 */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Json() {}

    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException("cannot write " + value.getClass().getSimpleName(), bug);
        }
    }

    /** @throws UnreadableRecord when the text is no such record; the message never repeats the text */
    public static <T> T read(String json, Class<T> type) {
        try {
            T value = json == null ? null : MAPPER.readValue(json, type);
            if (value == null) {
                throw new UnreadableRecord("empty", null);
            }
            return value;
        } catch (JsonProcessingException unreadable) {
            Throwable cause = unreadable.getCause() == null ? unreadable : unreadable.getCause();
            throw new UnreadableRecord(
                    type.getSimpleName() + ": "
                            + (cause instanceof JsonProcessingException parsing
                                    ? parsing.getOriginalMessage()
                                    : cause.getMessage()),
                    unreadable);
        }
    }
}
