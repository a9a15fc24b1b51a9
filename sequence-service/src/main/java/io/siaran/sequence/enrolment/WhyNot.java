package io.siaran.sequence.enrolment;

import io.siaran.model.WireEnum;

/** Why a lead does not enter a sequence. */
enum WhyNot implements WireEnum {
    SEQUENCE_INACTIVE,
    /** No step of the sequence lets anybody in. */
    NO_ENTRY_POINT,
    LEAD_DELETED,
    /** The person opted out, or somebody listed the number. */
    SUPPRESSED,
    /** The lead's device was deleted, or is somebody else's. */
    DEVICE_GONE,
    /** The lead carries no trigger of the sequence. */
    NO_TRIGGER,
    OTHER_NICHE,
    OTHER_STATUS,
    /** It was inside before, and the sequence lets nobody in again. */
    WAS_INSIDE,
    /** It was inside before, and carries no assignment that is newer. */
    NO_NEWER_ASSIGNMENT,
    /** Another lead with this phone is or was inside, and the sequence takes a person once. */
    SAME_PERSON_INSIDE,
    /** Looking at the lead failed; it is tried again within an hour. */
    REVIEW_FAILED
}
