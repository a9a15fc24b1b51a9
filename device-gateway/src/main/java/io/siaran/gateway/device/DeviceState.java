package io.siaran.gateway.device;

import io.siaran.model.DeviceStatus;
import io.siaran.rest.Refusal;
import java.time.Instant;
import java.util.Objects;

/**
 * Whether a device may speak, since when and why not. Its methods are the legal moves; one that changes nothing gives the
 * same state back, with its old {@code since}.
 *
 * @param reason in words for a person; null exactly when online
 */
record DeviceState(DeviceStatus status, Instant since, String reason) {

    DeviceState {
        Objects.requireNonNull(since, "since");
        if ((status == DeviceStatus.ONLINE) != (reason == null)) {
            throw new IllegalArgumentException("exactly a device that is not online says why");
        }
    }

    /** A new device waits for its first check. */
    static DeviceState registered(Instant now) {
        return new DeviceState(DeviceStatus.OFFLINE, now, "not checked yet");
    }

    /** What the platform says moves every device but a paused one: that is a person's word. */
    DeviceState observed(Health health, Instant now) {
        if (status == DeviceStatus.PAUSED) {
            return this;
        }
        return switch (health) {
            case Health.Connected() -> to(DeviceStatus.ONLINE, now, null);
            case Health.NotConnected(String why) ->
                // A banned number that does not connect is what one expects of it.
                status == DeviceStatus.BANNED ? this : to(DeviceStatus.OFFLINE, now, why);
        };
    }

    /** Another number, or another server: as after its registration, unless a person paused it. */
    DeviceState rebound(Instant now) {
        return status == DeviceStatus.PAUSED ? this : registered(now);
    }

    DeviceState paused(Instant now) {
        return to(DeviceStatus.PAUSED, now, "paused by a person");
    }

    /** Only a paused device is resumed; it speaks again once its platform says that it can. */
    DeviceState resumed(Instant now) {
        if (status != DeviceStatus.PAUSED) {
            throw Refusal.conflict("the device is not paused");
        }
        return registered(now);
    }

    private DeviceState to(DeviceStatus next, Instant now, String why) {
        return status == next && Objects.equals(reason, why) ? this : new DeviceState(next, now, why);
    }
}
