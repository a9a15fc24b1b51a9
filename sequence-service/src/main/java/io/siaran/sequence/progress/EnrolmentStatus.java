package io.siaran.sequence.progress;

import io.siaran.model.Wire;

/** Where a lead is with one sequence. */
enum EnrolmentStatus implements Wire {
    OPEN,
    /** Its last step has ended. */
    COMPLETED,
    /** It ended before the last step. */
    LEFT
}
