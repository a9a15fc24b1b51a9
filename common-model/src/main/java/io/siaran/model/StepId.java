package io.siaran.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** One step of a sequence ({@code sequence_stepid} on the wire). */
public record StepId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public StepId {
        Objects.requireNonNull(value, "StepId");
    }

    /** Reads the canonical text form; throws {@link IllegalArgumentException} on anything else. */
    public static StepId of(String text) {
        return new StepId(UUID.fromString(text));
    }

    /** For columns and fields that may be empty: null stays null. */
    public static StepId orNull(UUID value) {
        return value == null ? null : new StepId(value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
