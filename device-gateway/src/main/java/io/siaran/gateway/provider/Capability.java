package io.siaran.gateway.provider;

/** What a platform can do beyond sending. */
public enum Capability {
    /** It carries our message id and repeats it in receipts. */
    CLIENT_MESSAGE_ID,
    /** It tells when a message was delivered and read. */
    RECEIPTS,
    /** It tells of replies. */
    INBOUND,
    /** A device is linked by a QR code that it shows. */
    QR,
    /** It tells when a device connects or disconnects. */
    CONNECTION_EVENTS,
    /** It can show a contact that somebody types. */
    TYPING
}
