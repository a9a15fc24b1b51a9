package io.siaran.gateway.callback;

import io.siaran.gateway.device.Platform;
import io.siaran.model.DeviceId;
import java.util.List;

/**
 * A callback that was verified, and what it tells.
 *
 * @param generation of the secret that it came with
 * @param events none of them twice
 */
record Incoming(DeviceId device, Platform platform, int generation, List<InboxEvent> events) {

    Incoming {
        events = List.copyOf(events);
    }
}
