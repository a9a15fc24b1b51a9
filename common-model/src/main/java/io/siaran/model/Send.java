package io.siaran.model;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;

/**
 * Begin this try of a message.
 *
 * @param notAfter by the gateway's database clock, a turn that has not begun by then is given back
 * @param supersedes the earlier try whose open outcome an operator or the policy waived, or null
 * @param attributes what the tenant keeps of the recipient; never null
 * @param checkNumber whether the platform is asked first if the recipient is on WhatsApp; null: as the device says
 * @param minDelay seconds of silence before it, resolved: never empty
 */
public record Send(
        MessageId messageId,
        int tryNo,
        UserId userId,
        DeviceId deviceId,
        Instant notAfter,
        Integer supersedes,
        MessageKind kind,
        PhoneNumber recipientPhone,
        String recipientName,
        Attributes attributes,
        String niche,
        MessageType type,
        String message,
        String mediaUrl,
        int minDelay,
        int maxDelay,
        AntiSpamProfile antiSpam,
        ZoneId timeZone,
        Boolean checkNumber)
        implements DeviceCommand {

    public Send {
        Objects.requireNonNull(messageId, "message_id");
        Objects.requireNonNull(userId, "user_id");
        Objects.requireNonNull(deviceId, "device_id");
        Objects.requireNonNull(notAfter, "not_after");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(recipientPhone, "recipient_phone");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(timeZone, "time_zone");
        attributes = Attributes.orNone(attributes);
        new DelayRange(minDelay, maxDelay);
        if (tryNo < 1) {
            throw new IllegalArgumentException("tries count from 1");
        }
    }

    public DelayRange delay() {
        return new DelayRange(minDelay, maxDelay);
    }
}
