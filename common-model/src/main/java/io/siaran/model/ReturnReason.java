package io.siaran.model;

/** Why the gateway gave a try back without the platform having acted on it. */
public enum ReturnReason implements WireEnum {
    /** Dispatch asked for it before its turn began. */
    RECALLED,
    /** It could not start by {@code not_after}. */
    TOO_LATE,
    /** The device was offline, paused or banned. */
    DEVICE_NOT_ONLINE,
    /** The platform refused the device: token expired, logged out, banned. */
    DEVICE_REFUSED,
    /**
     * Provably not sent: connection refused, the call came too late after its commit, a bound of ours, or a person who said stop
     * and of whom it is not decided yet.
     */
    NOT_SENT,
    /** The device belongs to another user. */
    WRONG_OWNER,
    /** The person opted out meanwhile. */
    SUPPRESSED,
    /** The platform failed it, as it fails everything just now: the fault is not the message's. */
    PLATFORM_TROUBLE
}
