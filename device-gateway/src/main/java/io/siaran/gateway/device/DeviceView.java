package io.siaran.gateway.device;

import io.siaran.model.AntiSpamProfile;
import io.siaran.model.DeviceStatus;
import io.siaran.model.Wire;
import java.time.Instant;
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
                device.createdAt);
    }
}
