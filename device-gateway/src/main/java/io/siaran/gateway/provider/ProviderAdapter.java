package io.siaran.gateway.provider;

import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.Platform;
import io.siaran.model.PhoneNumber;
import java.time.Duration;
import java.util.Set;

/** One platform. Knows nothing of lanes or Kafka; every call waits for its answer, on a virtual thread. */
public interface ProviderAdapter {

    Platform platform();

    Set<Capability> capabilities();

    /** The server of a device that names none. */
    String usualServer();

    /** The longest text or caption that the platform takes, in characters (Unicode code points). */
    int longestText();

    /**
     * Sends once. Never throws for what the platform or the network does, and returns within the configured call time-out.
     */
    SendOutcome send(ConnectedDevice device, OutgoingMessage message);

    /** Shows the recipient that somebody types, for that long. Only where there is {@link Capability#TYPING}. */
    default void typing(ConnectedDevice device, PhoneNumber recipient, Duration time) {
        throw new UnsupportedOperationException(platform().wire() + " shows no typing");
    }

    /** Asks the platform whether the device may send; a platform that does not answer counts as no. */
    Health health(ConnectedDevice device);
}
