package io.siaran.model;

import java.util.Objects;

/** Give this try back if its turn has not begun; else tell its outcome. May come before its {@link Send}. */
public record Recall(MessageId messageId, int tryNo, UserId userId, DeviceId deviceId) implements DeviceCommand {

    public Recall {
        Objects.requireNonNull(messageId, "message_id");
        Objects.requireNonNull(userId, "user_id");
        Objects.requireNonNull(deviceId, "device_id");
    }
}
