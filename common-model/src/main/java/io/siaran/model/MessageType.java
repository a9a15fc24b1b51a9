package io.siaran.model;

/** What a message is made of. */
public enum MessageType implements WireEnum {
    /** Text only. */
    TEXT,
    /** An image by URL, the text as its caption. */
    IMAGE
}
