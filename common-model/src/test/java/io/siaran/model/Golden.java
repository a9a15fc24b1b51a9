package io.siaran.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The records as they stand on Kafka, one file each; {@code -full} has every field, {@code -minimal} only what is required.
 * Part of the test-jar of common-model, for tests of whoever writes these records without Java.
 */
public final class Golden {

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
}
