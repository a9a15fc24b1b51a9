package io.siaran.gateway.provider;

import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.Platform;
import io.siaran.model.Limits;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * One platform. Knows nothing of lanes or Kafka; every call waits for its answer, on a virtual thread. What a platform can do
 * beyond sending and telling its health is a port that it has or has not.
 */
public interface ProviderAdapter {

    Platform platform();

    Set<Capability> capabilities();

    /** The server of a device that names none; empty where each device must name its own. */
    default Optional<String> usualServer() {
        return Optional.empty();
    }

    /** Whether this installation can speak to it at all. */
    default boolean isThere() {
        return true;
    }

    /**
     * The longest text or caption that the platform takes, in characters (Unicode code points); of one that names none it is
     * WhatsApp's own.
     */
    default int longestText() {
        return Limits.TEXT;
    }

    /** The largest image that the platform takes. */
    ImageLimits images();

    /** Within which {@link #send} returns; whoever waits longer for it may take the call for cut. */
    Duration longestCall();

    /** Sends once. Never throws for what the platform or the network does. */
    SendOutcome send(ConnectedDevice device, OutgoingMessage message);

    /** Asks the platform whether the device may send. Never throws for what the platform or the network does. */
    Health health(ConnectedDevice device);

    default Optional<Lookup> lookup() {
        return Optional.empty();
    }

    default Optional<NumberCheck> numberCheck() {
        return Optional.empty();
    }

    default Optional<TypingPort> typing() {
        return Optional.empty();
    }

    default Optional<LidLookup> lids() {
        return Optional.empty();
    }

    default Optional<LinkPort> linking() {
        return Optional.empty();
    }

    default Optional<CallbackReading> callbacks() {
        return Optional.empty();
    }
}
