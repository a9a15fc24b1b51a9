package io.siaran.model;

/** Why another try of a rejected message would end the same. */
public enum RejectReason implements WireEnum {
    /** The person cannot be written to: blocked us, malformed, refused for another reason of its own. */
    CONTACT_REJECTED(FailureReason.CONTACT_REJECTED),
    /** Nobody on WhatsApp has this number. */
    NOT_ON_WHATSAPP(FailureReason.NOT_ON_WHATSAPP),
    /** What is to be sent is refused, to whomever it goes: too long, an image of the wrong kind. */
    MESSAGE_REJECTED(FailureReason.MESSAGE_REJECTED);

    private final FailureReason failure;

    RejectReason(FailureReason failure) {
        this.failure = failure;
    }

    /** What such a message fails with. */
    public FailureReason failure() {
        return failure;
    }
}
