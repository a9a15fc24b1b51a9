package io.siaran.campaign.planning;

import io.siaran.model.Wire;

/** What becomes of leads whose device is not online when the audience is published. */
public enum OfflineDevices implements Wire {
    /** Their messages wait for the device. */
    HOLD,
    /** They are left out, and counted. */
    SKIP
}
