package io.siaran.gateway.scene;

import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.journal.Attempt;
import io.siaran.gateway.provider.OutgoingMessage;
import io.siaran.model.Send;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Attempts as a turn makes them now, without a pause and with a text of one letter. */
public final class Attempts {

    private Attempts() {}

    public static Attempt of(Send send, ConnectedDevice device) {
        return of(send, UUID.randomUUID(), device);
    }

    public static Attempt of(Send send, UUID turn, ConnectedDevice device) {
        return new Attempt(
                send,
                turn,
                device,
                device.rules().frame(Instant.now()),
                Duration.ZERO,
                Duration.ofSeconds(20),
                new OutgoingMessage(send.messageId(), send.userId(), send.recipientPhone(), "x", Optional.empty()));
    }
}
