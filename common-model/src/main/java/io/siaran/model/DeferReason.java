package io.siaran.model;

/** Which rule of sending put a try off. */
public enum DeferReason implements Wire {
    /** The platform throttles the device. */
    RATE_LIMITED
}
