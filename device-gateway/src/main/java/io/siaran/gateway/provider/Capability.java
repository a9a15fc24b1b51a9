package io.siaran.gateway.provider;

import io.siaran.model.WireEnum;

/** What a platform can do beyond sending. Where there is a port for it, the adapter has the port exactly if it says so. */
public enum Capability implements WireEnum {
    /** It carries our message id, and finds the message by it where it can be asked. */
    CLIENT_MESSAGE_ID,
    /** It can be asked whether a message went out: {@link Lookup}. */
    LOOKUP,
    /** It can be asked whether a number is on WhatsApp: {@link NumberCheck}. */
    NUMBER_CHECK,
    /** It can show a contact that somebody types: {@link TypingPort}. */
    TYPING,
    /** It tells when a message was delivered and read. */
    RECEIPTS,
    /** It tells of replies. */
    INBOUND,
    /** A phone is linked by a QR code that Siaran can show: {@link LinkPort}. */
    QR,
    /** A phone is linked by a code that a person types on it: {@link LinkPort}. */
    PAIRING_CODE,
    /** It tells when a device connects or disconnects. */
    CONNECTION_EVENTS,
    /** It signs what it tells. */
    SIGNED_WEBHOOKS
}
