package io.siaran.model;

import java.util.Objects;

/**
 * The person whom a message is written to.
 *
 * @param name as the lead says; null: not known
 * @param attributes what the tenant keeps of the lead
 * @param checkNumber whether the platform is asked first if they are on WhatsApp; null: as the device says
 */
public record Recipient(PhoneNumber phone, String name, Attributes attributes, Boolean checkNumber) {

    public Recipient {
        Objects.requireNonNull(phone, "recipient_phone");
        attributes = Attributes.orNone(attributes);
    }

    /** Who is asked about as the device says. */
    public Recipient(PhoneNumber phone, String name, Attributes attributes) {
        this(phone, name, attributes, null);
    }

    /** Somebody of whom nothing else is kept. */
    public Recipient(PhoneNumber phone, String name) {
        this(phone, name, Attributes.NONE);
    }
}
