package io.siaran.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** One WhatsApp device (a linked number) of one user; the Kafka key of everything that is sent. */
public record DeviceId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public DeviceId {
        Objects.requireNonNull(value, "DeviceId");
    }

    /** Reads the canonical text form; throws {@link IllegalArgumentException} on anything else. */
    public static DeviceId of(String text) {
        return new DeviceId(UUID.fromString(text));
    }

    /** For columns and fields that may be empty: null stays null. */
    public static DeviceId orNull(UUID value) {
        return value == null ? null : new DeviceId(value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
