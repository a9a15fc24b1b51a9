package io.siaran.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** One drip sequence. */
public record SequenceId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SequenceId {
        Objects.requireNonNull(value, "SequenceId");
    }

    /** Reads the canonical text form; throws {@link IllegalArgumentException} on anything else. */
    public static SequenceId of(String text) {
        return new SequenceId(UUID.fromString(text));
    }

    /** For columns and fields that may be empty: null stays null. */
    public static SequenceId orNull(UUID value) {
        return value == null ? null : new SequenceId(value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
