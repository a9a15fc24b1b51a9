package io.siaran.gateway.provider;

import io.siaran.model.MessageId;
import io.siaran.model.PhoneNumber;
import io.siaran.model.UserId;
import java.util.Objects;
import java.util.Optional;

/**
 * A message as it goes out.
 *
 * @param user whose it is
 * @param text as the phone shall show it, or the image's caption
 * @param imageUrl the image, or empty for a text
 */
public record OutgoingMessage(
        MessageId id, UserId user, PhoneNumber recipient, String text, Optional<String> imageUrl) {

    public OutgoingMessage {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(imageUrl, "image_url");
    }

    /** Says which, never what or to whom. */
    @Override
    public String toString() {
        return "OutgoingMessage[" + id + "]";
    }
}
