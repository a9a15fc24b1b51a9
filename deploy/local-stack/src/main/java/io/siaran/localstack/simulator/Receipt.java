package io.siaran.localstack.simulator;

/** What becomes of a message that a platform took. */
enum Receipt {
    SENT,
    DELIVERED,
    READ,
    /** It could not be delivered after all. */
    REFUSED
}
