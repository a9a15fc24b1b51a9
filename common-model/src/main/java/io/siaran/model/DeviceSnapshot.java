package io.siaran.model;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * What crosses {@code devices}. No credential ever does.
 *
 * @param statusReason why it is so, in words; null when online
 * @param minDelay the device's own pace in seconds, or null
 * @param unknownPolicy null, as an older gateway writes it, means {@link UnknownPolicy#HOLD}
 * @param hourlyCap messages that it may say in any hour, or null
 * @param dailyCap messages that it may say on one day of its zone to people who did not write first, or null: the lower of
 *     its two caps; a young device may be held to less
 * @param quietHours the device's own and its user's; holidays and other rules are the gateway's alone
 * @param restrictedUntil WhatsApp lets it write to nobody new until about then: it is offline for whoever plans, and still
 *     answers who wrote to it; null when it is not restricted
 * @param slowFactor by how much every pause of it is stretched, for the sake of its health; null is 1
 */
public record DeviceSnapshot(
        DeviceId id,
        UserId userId,
        String name,
        PhoneNumber phone,
        String platform,
        DeviceStatus status,
        Instant statusSince,
        String statusReason,
        Integer minDelay,
        Integer maxDelay,
        AntiSpamProfile antiSpam,
        ZoneId timeZone,
        long version,
        boolean deleted,
        UnknownPolicy unknownPolicy,
        Integer hourlyCap,
        Integer dailyCap,
        List<QuietTime> quietHours,
        Instant restrictedUntil,
        Integer slowFactor)
        implements Snapshot {

    public DeviceSnapshot {
        quietHours = quietHours == null ? List.of() : List.copyOf(quietHours);
    }

    /** One that is neither restricted nor slowed down. */
    public DeviceSnapshot(
            DeviceId id,
            UserId userId,
            String name,
            PhoneNumber phone,
            String platform,
            DeviceStatus status,
            Instant statusSince,
            String statusReason,
            Integer minDelay,
            Integer maxDelay,
            AntiSpamProfile antiSpam,
            ZoneId timeZone,
            long version,
            boolean deleted,
            UnknownPolicy unknownPolicy,
            Integer hourlyCap,
            Integer dailyCap,
            List<QuietTime> quietHours) {
        this(
                id,
                userId,
                name,
                phone,
                platform,
                status,
                statusSince,
                statusReason,
                minDelay,
                maxDelay,
                antiSpam,
                timeZone,
                version,
                deleted,
                unknownPolicy,
                hourlyCap,
                dailyCap,
                quietHours,
                null,
                null);
    }
}
