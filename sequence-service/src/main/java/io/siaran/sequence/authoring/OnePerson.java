package io.siaran.sequence.authoring;

import io.siaran.model.WireEnum;

/** How often a person walks through a sequence who is a lead on several devices, under the same phone. */
enum OnePerson implements WireEnum {
    /** As the lead that enters first. */
    ONCE,
    /** As each of the leads. */
    EACH
}
