package io.siaran.dispatch.webhook;

import io.siaran.dispatch.event.EventSignal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Wakes the deliveries of this process: something is due, or there is room. */
@ApplicationScoped
class DeliverySignal {

    private final EventSignal.Bell bell;

    DeliverySignal(EventSignal events) {
        this.bell = events.bell();
    }

    void ring() {
        bell.ring();
    }

    void await(Duration atMost) throws InterruptedException {
        bell.await(atMost);
    }
}
