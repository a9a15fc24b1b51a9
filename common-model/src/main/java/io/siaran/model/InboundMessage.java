package io.siaran.model;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * What crosses {@code inbound-messages}, keyed by device: a person wrote to one of the user's devices. Once for each message
 * of the person, and only when it is known which phone wrote; told again it has the same id.
 *
 * @param id names the message for ever
 * @param phone who wrote
 * @param name what the person calls itself on WhatsApp, or null
 * @param type as the platform calls it: {@code text}, {@code image}, …
 * @param text empty where it came without words, such as an image without a caption
 * @param at when it was written, as the platform says
 */
public record InboundMessage(
        UUID id,
        UserId userId,
        DeviceId deviceId,
        PhoneNumber phone,
        String name,
        String type,
        String text,
        Instant at) {

    public InboundMessage {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(userId, "user_id");
        Objects.requireNonNull(deviceId, "device_id");
        Objects.requireNonNull(phone, "phone");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(at, "at");
        text = text == null ? "" : text;
    }

    /** Says which, never what or from whom. */
    @Override
    public String toString() {
        return "InboundMessage[" + id + "]";
    }
}
