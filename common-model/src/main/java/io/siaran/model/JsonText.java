package io.siaran.model;

import java.nio.charset.StandardCharsets;

/** What is JSON already: {@link Json#write} takes it as it is. For records by the million, of which most is the same text. */
public interface JsonText {

    /** One JSON value, whole; equal to what {@link Json#write} would have written. */
    String json();

    /** The same as Kafka has it. Whoever has most of it as bytes writes them here: a text in between is copied twice. */
    default byte[] utf8() {
        return json().getBytes(StandardCharsets.UTF_8);
    }
}
