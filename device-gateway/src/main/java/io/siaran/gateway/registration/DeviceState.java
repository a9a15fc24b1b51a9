package io.siaran.gateway.registration;

import io.siaran.gateway.device.Health;
import io.siaran.model.DeviceStatus;
import io.siaran.rest.Refusal;
import java.time.Instant;
import java.util.Objects;

/**
 * Whether a device may send, since when and why not. Its methods are the legal moves; a move that changes nothing returns
 * the same state, with its old {@code since}.
 *
 * @param reason in words for an operator; null exactly when online
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

    /** An observation moves every device but a paused one: an operator paused it, so only an operator resumes it. */
    DeviceState observed(Health health, Instant now) {
        if (status == DeviceStatus.PAUSED) {
            return this;
        }
        return switch (health) {
            case Health.Connected() -> to(DeviceStatus.ONLINE, now, null);
            case Health.NotConnected(String why) -> offline(now, why);
            case Health.Refused refused -> offline(now, refused.reason());
            case Health.CannotBeAsked unasked -> offline(now, unasked.detail());
        };
    }

    /** A banned number does not connect: it stays banned. */
    private DeviceState offline(Instant now, String why) {
        return status == DeviceStatus.BANNED ? this : to(DeviceStatus.OFFLINE, now, why);
    }

    /** Another number or another server: the state of a new device, unless an operator paused it. */
    DeviceState rebound(Instant now) {
        return status == DeviceStatus.PAUSED ? this : registered(now);
    }

    DeviceState paused(Instant now) {
        return to(DeviceStatus.PAUSED, now, "paused by an operator");
    }

    /** Only a paused device is resumed; it sends again once its platform says that it is connected. */
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
