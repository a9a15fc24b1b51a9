package io.siaran.sequence.authoring;

import io.siaran.model.WireEnum;

/** What an edit does to a step that contacts have ahead of them. */
enum StepChange implements WireEnum {
    /** They get it, and would not have got it before. */
    ADDED,
    /** They would have got it, and do not any more. */
    REMOVED,
    /** They get it at another time. */
    RETIMED,
    /** They get another message. */
    REWRITTEN
}
