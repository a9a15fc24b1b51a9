package io.siaran.sequence;

import io.siaran.model.DeviceId;
import io.siaran.model.DeviceSnapshot;
import io.siaran.model.DeviceStatus;
import io.siaran.model.PhoneNumber;
import io.siaran.model.UserId;
import java.time.Instant;
import java.time.ZoneId;

/** Devices as the gateway tells of them. */
final class Devices {

    private Devices() {}

    static DeviceSnapshot snapshot(DeviceId device, UserId user, DeviceStatus status, long version) {
        return snapshot(device, user, status, version, false);
    }

    static DeviceSnapshot deleted(DeviceId device, UserId user, long version) {
        return snapshot(device, user, DeviceStatus.OFFLINE, version, true);
    }

    private static DeviceSnapshot snapshot(
            DeviceId device, UserId user, DeviceStatus status, long version, boolean deleted) {
        return new DeviceSnapshot(
                device,
                user,
                "Merah",
                new PhoneNumber("60123456789"),
                "wablas",
                status,
                Instant.now(),
                null,
                null,
                null,
                null,
                ZoneId.of("Asia/Kuala_Lumpur"),
                version,
                deleted,
                null,
                null,
                null,
                null);
    }
}
