package io.siaran.gateway.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.siaran.gateway.provider.CallbackReading.UnreadableCallback;
import io.siaran.model.Limits;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Reads values out of what a platform, or somebody who pretends to be one, sent. Pure. */
public final class CallbackJson {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_TEXT = 65_536;

    /** Whatever is smaller is in seconds; as milliseconds it would be of 1973. */
    private static final long FIRST_MILLIS = 100_000_000_000L;

    private static final Instant WHATSAPP_BEGAN = Instant.parse("2009-01-01T00:00:00Z");
    private static final Instant FAR_AHEAD = Instant.parse("2100-01-01T00:00:00Z");

    private CallbackJson() {}

    /** @throws UnreadableCallback when it is no JSON object */
    public static JsonNode object(String body) {
        try {
            JsonNode read = JSON.readTree(body == null ? "" : body);
            if (read == null || !read.isObject()) {
                throw new UnreadableCallback("no JSON object");
            }
            return read;
        } catch (JsonProcessingException noJson) {
            throw new UnreadableCallback("no JSON");
        }
    }

    /**
     * A text or a number that names something.
     *
     * @throws UnreadableCallback when it is absent, blank or longer than any id
     */
    public static String id(JsonNode node) {
        String id = text(node).strip();
        if (id.isEmpty() || id.length() > Limits.FOREIGN_ID) {
            throw new UnreadableCallback("no id");
        }
        return id;
    }

    /** The text as a database can keep it, empty where there is none; cut where it is longer than WhatsApp takes. */
    public static String text(JsonNode node) {
        String text = node.isValueNode() ? node.asText("") : "";
        String kept = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
        return node.isNull() ? "" : kept.replace("\0", "");
    }

    /** Seconds or milliseconds since 1970, or RFC 3339; empty where it is neither, or a time that cannot be. */
    public static Optional<Instant> time(JsonNode node) {
        String text = text(node).strip();
        try {
            Instant time = text.matches("[0-9]{1,15}")
                    ? sinceEpoch(Long.parseLong(text))
                    : OffsetDateTime.parse(text).toInstant();
            return Optional.of(time).filter(at -> at.isAfter(WHATSAPP_BEGAN) && at.isBefore(FAR_AHEAD));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    private static Instant sinceEpoch(long number) {
        return number < FIRST_MILLIS ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
    }
}
