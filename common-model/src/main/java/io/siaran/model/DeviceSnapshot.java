package io.siaran.model;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * What crosses {@code devices}. No credential ever does.
 *
 * @param statusReason why it is so, in words for a person; null when online
 * @param minDelay the device's own pace in seconds, or null
 * @param unknownPolicy null, as an older gateway writes it, means {@link UnknownPolicy#HOLD}
 * @param hourlyCap messages that it may say in any hour, or null
 * @param dailyCap messages that it may say on one day of its zone, or null; a young device may be held to less
 * @param quietHours the device's own and its user's; holidays and other rules are the gateway's alone
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
        List<QuietTime> quietHours)
        implements Snapshot {

    public DeviceSnapshot {
        quietHours = quietHours == null ? List.of() : List.copyOf(quietHours);
    }
}
