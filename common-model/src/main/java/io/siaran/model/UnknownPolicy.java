package io.siaran.model;

/** What follows when it is not known whether a message went out; set per device. */
public enum UnknownPolicy implements WireEnum {
    /** It stays unknown until a receipt, a look-up or a person tells. */
    HOLD,
    /** It counts as sent. */
    ASSUME_SENT,
    /** It is sent again, which knowingly risks that a person gets it twice. */
    RETRY
}
