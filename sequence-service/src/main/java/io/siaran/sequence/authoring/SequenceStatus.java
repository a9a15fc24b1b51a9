package io.siaran.sequence.authoring;

import io.siaran.model.PlanStatus;
import io.siaran.model.WireEnum;

/** Whether a sequence lets leads in and fires its steps. */
enum SequenceStatus implements WireEnum {
    ACTIVE,
    /** No lead enters, nothing is fired, and what is queued waits. */
    INACTIVE;

    PlanStatus plan() {
        return switch (this) {
            case ACTIVE -> PlanStatus.ACTIVE;
            case INACTIVE -> PlanStatus.PAUSED;
        };
    }
}
