package io.siaran.model;

/** Whether a device may speak. */
public enum DeviceStatus implements WireEnum {
    /** Linked and connected: it may. */
    ONLINE,
    /** Not connected; messages wait. */
    OFFLINE,
    /** An operator stopped it; messages wait. */
    PAUSED,
    /** The platform refused the number; messages wait until they expire. */
    BANNED
}
