package io.siaran.rest;

import io.siaran.model.WireEnum;

/** Why something that was saved is doubtful, as a stable word for programs. */
public enum WarningCode implements WireEnum {
    /** Legal, and yet in the past. */
    DATE_IN_PAST,
    /** Nobody would be written to. */
    EMPTY_AUDIENCE,
    /** No hour in which messages are sent comes before they expire. */
    NEVER_IN_HOURS,
    /** A lead's message is not sent any more: its phone is reached through another lead. */
    MESSAGE_TAKEN_BACK,
    /** No step leads to this one. */
    UNREACHABLE_STEP,
    /** Another sequence or step begins by the same trigger. */
    TWIN_TRIGGER,
    /** Nothing begins this sequence. */
    NO_ENTRY_TRIGGER,
    /** The quiet hours leave no time to send. */
    ALWAYS_QUIET,
    /** A landline or service number, which has no WhatsApp. */
    NOT_MOBILE,
    /** The platform refused one contact of the device after the other. */
    CONTACTS_REFUSED,
    /** The platform accepts the device's messages, and no receipt comes any more. */
    RECEIPTS_STOPPED,
    /** The longest expansion is longer than the platform takes. */
    TOO_LONG_FOR_PLATFORM,
    /** The text is legal, and probably not meant so. */
    TEMPLATE
}
