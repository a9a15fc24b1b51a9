package io.siaran.sequence.authoring;

import io.siaran.model.Wire;

/** How often a person walks through a sequence who is a lead on several devices, under the same phone. */
enum OnePerson implements Wire {
    /** As the lead that enters first. */
    ONCE,
    /** As each of the leads. */
    EACH
}
