package io.siaran.gateway.device;

/** What a platform says of a device when it is asked. */
public sealed interface Health {

    /** Linked and connected: it may speak. */
    record Connected() implements Health {}

    /** It may not speak now; the reason is for a person to read. */
    record NotConnected(String reason) implements Health {}
}
