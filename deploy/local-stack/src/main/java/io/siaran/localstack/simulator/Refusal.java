package io.siaran.localstack.simulator;

/** What every platform can say no for, each in its own words. */
enum Refusal {
    /** The credential is not valid, or nobody ever registered the device. */
    CREDENTIAL,
    DISCONNECTED,
    RATE_LIMITED,
    SERVER_ERROR,
    /** It does no work at all just now. */
    MAINTENANCE,
    /** The number is not on WhatsApp. */
    UNKNOWN_NUMBER,
    /** WhatsApp lets the device write to nobody new (463). */
    TIMELOCK,
    /** WhatsApp blocked the device's number. */
    BANNED,
    /** It could not fetch the image. */
    MEDIA
}
