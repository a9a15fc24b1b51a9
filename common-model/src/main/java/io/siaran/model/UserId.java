package io.siaran.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A tenant: the {@code sub} of its tokens. Every row and every query carries one. */
public record UserId(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public UserId {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("a user id is not blank");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
