package io.siaran.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

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
            .addHandler(new LaterVersions())
            .build();

    private Json() {}

    public static String write(Object value) {
        if (value instanceof JsonText ready) {
            return ready.json();
        }
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException("cannot write " + value.getClass().getSimpleName(), bug);
        }
    }

    /** What {@link #write} answers, in UTF-8. */
    public static byte[] writeUtf8(Object value) {
        if (value instanceof JsonText ready) {
            return ready.utf8();
        }
        return write(value).getBytes(StandardCharsets.UTF_8);
    }

    /** A text without its quotes, as {@link #writeUtf8} has it, without the cost of a generator for each. */
    public static byte[] escapeUtf8(String text) {
        return JsonStringEncoder.getInstance().quoteAsUTF8(text);
    }

    /** As it is written, to be looked into. */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /**
     * Reads a record of any version: unknown fields are ignored, and what only a later version knows is read safely where
     * that is possible.
     *
     * @throws UnreadableRecord when the text is no such record; the message never repeats the text
     * @throws UnrecognisedRecord when it may be one of a later version, and nothing is safe to read instead
     */
    public static <T> Reading<T> readRecord(String json, Class<T> type) {
        List<String> unrecognised = new ArrayList<>();
        try {
            T value = json == null
                    ? null
                    : MAPPER.readerFor(type)
                            .withAttribute(LaterVersions.UNRECOGNISED, unrecognised)
                            .readValue(json);
            if (value == null) {
                throw new UnreadableRecord("empty", null);
            }
            return new Reading<>(value, unrecognised);
        } catch (JsonProcessingException unreadable) {
            if (unreadable.getCause() instanceof UnrecognisedRecord later) {
                throw later;
            }
            throw new UnreadableRecord(type.getSimpleName() + ": " + reason(unreadable), unreadable);
        }
    }

    /** The value of {@link #readRecord}, with the same exceptions. */
    public static <T> T read(String json, Class<T> type) {
        return readRecord(json, type).value();
    }

    private static String reason(JsonProcessingException unreadable) {
        return switch (unreadable.getCause()) {
            case null -> unreadable.getOriginalMessage();
            case JsonProcessingException parsing -> parsing.getOriginalMessage();
            case Throwable cause -> cause.getMessage();
        };
    }
}
