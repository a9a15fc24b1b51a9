package io.siaran.gateway.registration;

import io.siaran.gateway.device.JsonColumns;
import io.siaran.gateway.rules.QuietHours;
import io.siaran.model.AntiSpamProfile;
import io.siaran.model.DeviceStatus;
import io.siaran.model.UnknownPolicy;
import io.siaran.model.Wire;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A device as its user sees it: everything but the credential. */
record DeviceView(
        UUID id,
        String userId,
        String name,
        String phone,
        String platform,
        String baseUrl,
        DeviceStatus status,
        Instant statusSince,
        String statusReason,
        Instant lastSeen,
        Integer minDelaySeconds,
        Integer maxDelaySeconds,
        String timeZone,
        AntiSpamProfile antiSpam,
        Integer hourlyCap,
        Integer dailyCap,
        boolean warmUp,
        List<QuietHours> quietHours,
        UnknownPolicy unknownPolicy,
        List<String> greetings,
        boolean typing,
        Instant createdAt) {

    static DeviceView of(Device device) {
        return new DeviceView(
                device.id,
                device.userId,
                device.name,
                device.phone,
                device.platform,
                device.baseUrl,
                Wire.read(DeviceStatus.class, device.status),
                device.statusSince,
                device.statusReason,
                device.lastSeen,
                device.minDelay,
                device.maxDelay,
                device.timeZone,
                Wire.read(AntiSpamProfile.class, device.antiSpam),
                device.hourlyCap,
                device.dailyCap,
                device.warmUp,
                JsonColumns.quietHours(device.quietHours),
                Wire.read(UnknownPolicy.class, device.unknownPolicy),
                JsonColumns.words(device.greetings),
                device.typing,
                device.createdAt);
    }
}
