package io.siaran.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** One contact of one device of one user. */
public record LeadId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public LeadId {
        Objects.requireNonNull(value, "LeadId");
    }

    /** Reads the canonical text form; throws {@link IllegalArgumentException} on anything else. */
    public static LeadId of(String text) {
        return new LeadId(UUID.fromString(text));
    }

    /** For columns and fields that may be empty: null stays null. */
    public static LeadId orNull(UUID value) {
        return value == null ? null : new LeadId(value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
