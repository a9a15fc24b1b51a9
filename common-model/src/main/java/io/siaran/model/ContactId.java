package io.siaran.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** One row of {@code sequence_contacts}: one lead at one step of one enrolment. */
public record ContactId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ContactId {
        Objects.requireNonNull(value, "ContactId");
    }

    /** Reads the canonical text form; throws {@link IllegalArgumentException} on anything else. */
    public static ContactId of(String text) {
        return new ContactId(UUID.fromString(text));
    }

    /** For columns and fields that may be empty: null stays null. */
    public static ContactId orNull(UUID value) {
        return value == null ? null : new ContactId(value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
