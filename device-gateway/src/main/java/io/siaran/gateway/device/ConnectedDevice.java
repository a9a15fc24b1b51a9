package io.siaran.gateway.device;

import io.siaran.model.AntiSpamProfile;
import io.siaran.model.DeviceId;
import java.time.ZoneId;

/**
 * How to reach a device, with its credential open.
 *
 * @param version of the device that this was true of
 */
public record ConnectedDevice(
        DeviceId id,
        Platform platform,
        String baseUrl,
        Credential credential,
        AntiSpamProfile antiSpam,
        ZoneId timeZone,
        long version) {}
