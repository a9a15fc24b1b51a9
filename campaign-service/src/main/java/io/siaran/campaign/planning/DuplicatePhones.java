package io.siaran.campaign.planning;

import io.siaran.model.WireEnum;

/** What becomes of a person who stands on several devices of the user. */
public enum DuplicatePhones implements WireEnum {
    /** Gets one message, from the device whose lead is the oldest. */
    ONCE,
    /** Gets one from each device. */
    EACH
}
