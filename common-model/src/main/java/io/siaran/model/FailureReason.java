package io.siaran.model;

/** Why a message ended {@code failed} or {@code cancelled}. */
public enum FailureReason implements WireEnum {
    /** Its {@code expires_at} passed before it was sent. */
    EXPIRED,
    /** The platform refuses the person: blocked, malformed. */
    CONTACT_REJECTED,
    /** Nobody on WhatsApp has this number. */
    NOT_ON_WHATSAPP,
    /** The platform refuses the text or the image, to whomever it goes. */
    MESSAGE_REJECTED,
    /** The platform failed it three times. */
    PROVIDER_FAILED,
    /** The platform could not get its image, three times. */
    MEDIA_UNAVAILABLE,
    /** The person opted out. */
    SUPPRESSED,
    /** The device belongs to another user. */
    WRONG_OWNER,
    /** Its campaign or sequence was cancelled. */
    PLAN_CANCELLED,
    /** Its contact left the sequence before it was sent. */
    WITHDRAWN,
    /** A later run of its campaign replaced it. */
    SUPERSEDED_RUN,
    /** The lead already has this campaign from an earlier run, or its phone through another lead. */
    SENT_IN_EARLIER_RUN,
    /** Its device was deleted. */
    DEVICE_DELETED,
    /** Its lead was deleted. */
    LEAD_DELETED,
    /** An operator cancelled it. */
    CANCELLED_BY_USER,
    /** The platform took it, and later told that it could not deliver it. */
    REJECTED_AFTER_ACCEPT,
    /** Its outcome was unknown, and an operator said that it was not sent. */
    RESOLVED_AS_FAILED;

    /** The status that this ends a message with. */
    public MessageState status() {
        return switch (this) {
            case EXPIRED,
                    CONTACT_REJECTED,
                    NOT_ON_WHATSAPP,
                    MESSAGE_REJECTED,
                    PROVIDER_FAILED,
                    MEDIA_UNAVAILABLE,
                    SUPPRESSED,
                    WRONG_OWNER,
                    REJECTED_AFTER_ACCEPT,
                    RESOLVED_AS_FAILED -> MessageState.FAILED;
            case PLAN_CANCELLED,
                    WITHDRAWN,
                    SUPERSEDED_RUN,
                    SENT_IN_EARLIER_RUN,
                    DEVICE_DELETED,
                    LEAD_DELETED,
                    CANCELLED_BY_USER -> MessageState.CANCELLED;
        };
    }
}
