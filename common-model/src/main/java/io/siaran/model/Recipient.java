package io.siaran.model;

import java.util.Objects;

/**
 * The person whom a message is written to.
 *
 * @param name as the lead says; null: not known
 * @param attributes what the tenant keeps of the lead
 */
public record Recipient(PhoneNumber phone, String name, Attributes attributes) {

    public Recipient {
        Objects.requireNonNull(phone, "recipient_phone");
        attributes = Attributes.orNone(attributes);
    }

    /** Somebody of whom nothing else is kept. */
    public Recipient(PhoneNumber phone, String name) {
        this(phone, name, Attributes.NONE);
    }
}
