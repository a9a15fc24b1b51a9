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

    /** The longest text or caption that the platform takes, in UTF-16 units. */
    int longestText();

    /**
     * Sends once. Never throws for what the platform or the network does, and returns within the configured call time-out.
     */
    SendOutcome send(ConnectedDevice device, OutgoingMessage message);

    /** Shows the recipient that somebody types, for that long. Only where there is {@link Capability#TYPING}. */
    default void typing(ConnectedDevice device, PhoneNumber recipient, Duration time) {
        throw new UnsupportedOperationException(platform().wire() + " shows no typing");
    }

    /** Asks the platform whether the device may speak; a platform that cannot be asked means not. */
    Health health(ConnectedDevice device);
}
