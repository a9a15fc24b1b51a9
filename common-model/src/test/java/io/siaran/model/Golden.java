package io.siaran.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The records as they stand on Kafka, one file each; {@code -full} has every field, {@code -minimal} only what is required.
 * Part of the test-jar of common-model, for tests of whoever writes these records without Java.
 */
public final class Golden {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Golden() {}

    /** The record of {@code golden/<name>.json}, without the line break at its end. */
    public static String text(String name) {
        try (InputStream file = Golden.class.getResourceAsStream("/golden/" + name + ".json")) {
            if (file == null) {
                throw new AssertionError("there is no golden file " + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(name, unreadable);
        }
    }

    public static <T> T read(String name, Class<T> type) {
        return Json.read(text(name), type);
    }

    /**
     * Throws an AssertionError that names every field in which {@code written} is not the golden record: one too many, one
     * missing, another value. A field that is null must be there. Blanks and the order of fields may differ, and a time
     * may be written with more or fewer decimals.
     */
    public static void assertSame(String name, String written) {
        List<String> differences = new ArrayList<>();
        compare("", tree(text(name)), tree(written), differences);
        if (!differences.isEmpty()) {
            throw new AssertionError("not as golden/" + name + ".json says: " + String.join("; ", differences)
                    + "\nwritten: " + written);
        }
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException unreadable) {
            throw new AssertionError("no JSON: " + json, unreadable);
        }
    }

    private static void compare(String path, JsonNode golden, JsonNode written, List<String> differences) {
        if (golden.isObject() && written.isObject()) {
            TreeSet<String> names = new TreeSet<>();
            golden.fieldNames().forEachRemaining(names::add);
            written.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                compareField(path + "/" + name, golden.get(name), written.get(name), differences);
            }
        } else if (golden.isArray() && written.isArray() && golden.size() == written.size()) {
            for (int i = 0; i < golden.size(); i++) {
                compare(path + "/" + i, golden.get(i), written.get(i), differences);
            }
        } else if (!golden.equals(written) && !sameTime(golden, written)) {
            differences.add(path + " is " + written + " instead of " + golden);
        }
    }

    private static void compareField(String path, JsonNode golden, JsonNode written, List<String> differences) {
        if (golden == null) {
            differences.add(path + " is one too many");
        } else if (written == null) {
            differences.add(path + " is missing");
        } else {
            compare(path, golden, written, differences);
        }
    }

    private static boolean sameTime(JsonNode golden, JsonNode written) {
        try {
            return golden.isTextual()
                    && written.isTextual()
                    && Instant.parse(golden.textValue()).equals(Instant.parse(written.textValue()));
        } catch (DateTimeParseException noTimes) {
            return false;
        }
    }
}
