package io.siaran.campaign.planning;

import io.siaran.model.WireEnum;

/** What becomes of leads whose device is not online when the audience is published. */
public enum OfflineDevices implements WireEnum {
    /** Their messages wait for the device. */
    HOLD,
    /** They are left out, and counted. */
    SKIP
}
