package io.siaran.gateway.device;

import java.time.Duration;

/** What a platform says of a device when it is asked. */
public sealed interface Health {

    /** Linked and connected: it may send. */
    record Connected() implements Health {}

    /** The platform knows it and it may not send now; the reason is for an operator to read. */
    record NotConnected(String reason) implements Health {}

    /** The platform refuses to serve it; the reason is for an operator to read. */
    record Refused(RefusalCause cause, String reason) implements Health {}

    /**
     * No answer that says anything about the device: its server cannot be reached, throttles, or answers what cannot be read.
     *
     * @param retryAfter how long the platform asks not to be asked again; zero where it does not say
     */
    record CannotBeAsked(String detail, Duration retryAfter) implements Health {}

    /** The health of a device that is refused for that cause: being disconnected is no refusal. */
    static Health refusal(RefusalCause cause, String reason) {
        return cause == RefusalCause.DISCONNECTED ? new NotConnected(reason) : new Refused(cause, reason);
    }
}
