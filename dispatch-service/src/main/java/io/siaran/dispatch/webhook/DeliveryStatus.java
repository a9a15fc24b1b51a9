package io.siaran.dispatch.webhook;

import io.siaran.model.WireEnum;

/** What became of a delivery. */
enum DeliveryStatus implements WireEnum {
    /** It waits for its turn, or for its next attempt. */
    PENDING,
    /** The receiver answered 2xx. */
    DELIVERED,
    /** It was given up: after its time, or because the webhook was disabled. */
    FAILED
}
