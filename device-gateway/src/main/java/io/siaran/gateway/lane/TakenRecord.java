package io.siaran.gateway.lane;

/** A record that was taken from Kafka; exactly one of these is called, once. */
interface TakenRecord {

    /** Its outcome is in the journal: Kafka need not bring it again. */
    void settled();

    /** It is not ours any more: Kafka brings it to the next owner. */
    void dropped();
}
