package io.siaran.gateway.device;

/** What a platform says of a device when it is asked. */
public sealed interface Health {

    /** Linked and connected: it may send. */
    record Connected() implements Health {}

    /** It may not send now; the reason is for an operator to read. */
    record NotConnected(String reason) implements Health {}
}
