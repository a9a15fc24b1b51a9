package io.siaran.gateway.provider;

import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.model.PhoneNumber;
import java.time.Duration;

/** Shows a contact that somebody types. */
public interface TypingPort {

    /** For that long, or until a message comes. Waits on the thread, for the call only; its failure matters to nobody. */
    void show(ConnectedDevice device, PhoneNumber recipient, Duration time);
}
