package io.siaran.model;

import java.util.Objects;

/**
 * What a message says.
 *
 * @param text a template, of an image its caption
 * @param mediaUrl of an image; null otherwise
 * @param niche the one niche that it is about; null: none
 * @param antiSpam null: as the device says
 */
public record Content(MessageType type, String text, String mediaUrl, String niche, AntiSpamProfile antiSpam) {

    public Content {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(text, "message");
        if (type == MessageType.IMAGE) {
            Objects.requireNonNull(mediaUrl, "media_url");
        }
    }

    /** An image with a caption where there is a {@code mediaUrl}, a text otherwise. */
    public static Content of(String text, String mediaUrl, String niche, AntiSpamProfile antiSpam) {
        return new Content(mediaUrl == null ? MessageType.TEXT : MessageType.IMAGE, text, mediaUrl, niche, antiSpam);
    }
}
