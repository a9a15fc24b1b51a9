package io.siaran.model;

import java.time.Instant;
import java.time.ZoneId;

/**
 * What crosses {@code devices}. No credential ever does.
 *
 * @param statusReason why it is so, in words for a person; null when online
 * @param minDelay the device's own pace in seconds, or null
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
        boolean deleted)
        implements Snapshot {}
