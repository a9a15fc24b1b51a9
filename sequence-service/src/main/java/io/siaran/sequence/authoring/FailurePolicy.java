package io.siaran.sequence.authoring;

import io.siaran.model.WireEnum;

/** What an enrolment does after a step that failed, or whose outcome stayed unknown. */
public enum FailurePolicy implements WireEnum {
    /** On to the next step. */
    CONTINUE,
    /** The lead leaves the sequence. */
    STOP
}
