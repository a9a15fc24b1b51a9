package io.siaran.model;

import java.util.Objects;

/**
 * The person whom a message is written to.
 *
 * @param name as the lead says; null: not known
 * @param attributes what the tenant keeps of the lead
 * @param checkNumber whether the platform is asked first if they are on WhatsApp; null: as the device says
 * @param leadVersion the version of the lead ({@link LeadSnapshot#version}) that this was read of, and the message's device with
 *     it: whoever knows an older one does not correct the message by it. Null: of no lead, or nobody told
 */
public record Recipient(PhoneNumber phone, String name, Attributes attributes, Boolean checkNumber, Long leadVersion) {

    public Recipient {
        Objects.requireNonNull(phone, "recipient_phone");
        attributes = Attributes.orNone(attributes);
    }

    /** Who is no lead. */
    public Recipient(PhoneNumber phone, String name, Attributes attributes, Boolean checkNumber) {
        this(phone, name, attributes, checkNumber, null);
    }

    /** Who is no lead, and is asked about as the device says. */
    public Recipient(PhoneNumber phone, String name, Attributes attributes) {
        this(phone, name, attributes, null);
    }

    /** Somebody of whom nothing else is kept. */
    public Recipient(PhoneNumber phone, String name) {
        this(phone, name, Attributes.NONE);
    }
}
