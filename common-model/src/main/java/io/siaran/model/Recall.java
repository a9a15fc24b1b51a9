package io.siaran.model;

import java.time.Duration;
import java.util.Objects;

/**
 * Give this try back if its turn has not begun; else tell its outcome. May come before its {@link Send}. Answered by what the gateway
 * remembers: an answer of {@link #REMEMBERED_FOR} after the try had to begin may be that of one which went out and is forgotten.
 */
public record Recall(MessageId messageId, int tryNo, UserId userId, DeviceId deviceId) implements DeviceCommand {

    /** For so long after the moment at which it had to begin the gateway remembers every try, at least. */
    public static final Duration REMEMBERED_FOR = Duration.ofDays(7);

    public Recall {
        Objects.requireNonNull(messageId, "message_id");
        Objects.requireNonNull(userId, "user_id");
        Objects.requireNonNull(deviceId, "device_id");
    }
}
