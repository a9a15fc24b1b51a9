package io.siaran.model;

/** The status of a message in the durable queue; drawn in {@code docs/states.md}. */
public enum MessageState implements WireEnum {
    /** Waits to be released. */
    PENDING,
    /** Released to the gateway under a try number; only the gateway's answer moves it. */
    PROCESSING,
    /** Accepted by the platform; delivered and read are times on it. */
    SENT,
    /** Ended without being sent, with a reason. */
    FAILED,
    /** Ended because somebody no longer wants it, with a reason. */
    CANCELLED,
    /** May have been sent: the answer was lost. Never resent blindly. */
    UNKNOWN
}
