package io.siaran.sequence.enrolment;

import io.siaran.model.WireEnum;

/** Why an enrolment ended before its last step; the column has a CHECK of the same words. */
public enum LeftReason implements WireEnum {
    LEAD_DELETED,
    /** The person opted out, or somebody listed the number. */
    SUPPRESSED,
    SEQUENCE_DELETED,
    /** What let the lead in is no longer on the lead. */
    TRIGGER_REMOVED,
    /** The lead's status changed, and the sequence stops on that. */
    STATUS_CHANGED,
    /** The person answered, and the sequence stops on that. */
    REPLIED,
    /** The lead's device was deleted, and the lead was not moved in time. */
    DEVICE_DELETED,
    /** Somebody took the contact out. */
    TAKEN_OUT,
    /** The message of a step was cancelled. */
    MESSAGE_CANCELLED,
    /** A step failed, and the sequence stops on that. */
    STEP_FAILED,
    /** Nobody knows whether a step was sent, and the sequence stops on that. */
    STEP_UNKNOWN,
    /** The number is not on WhatsApp. */
    CONTACT_REJECTED,
    /** The lead's phone was corrected to that of a lead who is inside already, and the sequence lets each person in once. */
    SAME_PERSON
}
