package io.siaran.dispatch.message;

import io.siaran.model.FailureReason;

/** Why a message was not sent, for whoever reads it where no platform said more. */
final class InWords {

    private InWords() {}

    static String of(FailureReason reason) {
        return switch (reason) {
            case EXPIRED -> "its time was over before it was sent";
            case CONTACT_REJECTED -> "the platform refuses the person";
            case NOT_ON_WHATSAPP -> "nobody on WhatsApp has this number";
            case MESSAGE_REJECTED -> "the platform refuses the text or the image";
            case PROVIDER_FAILED -> "the platform failed it each time";
            case MEDIA_UNAVAILABLE -> "the platform could not get its image";
            case SUPPRESSED -> "the person opted out";
            case WRONG_OWNER -> "the device belongs to another user";
            case PLAN_CANCELLED -> "its campaign or sequence was cancelled";
            case WITHDRAWN -> "its contact left the sequence, or its campaign reaches this phone through another lead";
            case SUPERSEDED_RUN -> "a later run of its campaign replaced it";
            case SENT_IN_EARLIER_RUN ->
                "an earlier run of its campaign, or another lead with this phone, has it already";
            case DEVICE_DELETED -> "its device was deleted";
            case LEAD_DELETED -> "its lead was deleted";
            case CANCELLED_BY_USER -> "an operator cancelled it";
            case REJECTED_AFTER_ACCEPT -> "the platform took it, and could not deliver it";
            case RESOLVED_AS_FAILED -> "nobody knew whether it was sent, and an operator said that it was not";
        };
    }
}
