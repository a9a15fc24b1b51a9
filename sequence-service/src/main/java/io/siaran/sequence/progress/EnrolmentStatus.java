package io.siaran.sequence.progress;

import io.siaran.model.WireEnum;

/** Where a lead is with one sequence. */
enum EnrolmentStatus implements WireEnum {
    OPEN,
    /** Its last step has ended. */
    COMPLETED,
    /** It ended before the last step. */
    LEFT
}
