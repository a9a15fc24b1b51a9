package io.siaran.model;

import java.util.Objects;

/** The contact of this message left its sequence: cancel it if it is unsent. Final; it may come before its message. */
public record Withdraw(MessageId id, UserId userId, DeviceId deviceId) implements BroadcastRecord {

    public Withdraw {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(userId, "user_id");
        Objects.requireNonNull(deviceId, "device_id");
    }
}
