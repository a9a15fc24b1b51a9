package io.siaran.gateway.device;

import io.siaran.gateway.rules.SendingRules;
import io.siaran.model.AntiSpamProfile;
import io.siaran.model.DeviceId;
import java.time.ZoneId;
import java.util.List;

/**
 * How to reach a device, with its credential open, and what its user asks of it.
 *
 * @param session what its server calls it, where one server serves many numbers; else null
 * @param greetings its own greeting words; empty for the standard ones
 * @param typing whether a contact shall see that somebody types
 * @param rules its user's included
 * @param version of the device that this was true of
 * @param rulesVersion of its user's rules that this was true of
 * @param callbackGeneration which of its callback secrets its platform shall use
 * @param phone its number in digits, where its user has said it; else null
 */
public record ConnectedDevice(
        DeviceId id,
        Platform platform,
        String baseUrl,
        String session,
        Credential credential,
        AntiSpamProfile antiSpam,
        List<String> greetings,
        boolean typing,
        ZoneId timeZone,
        SendingRules rules,
        long version,
        long rulesVersion,
        int callbackGeneration,
        String phone) {

    /** One whose callback secrets were never replaced, and whose number is not known. */
    public ConnectedDevice(
            DeviceId id,
            Platform platform,
            String baseUrl,
            String session,
            Credential credential,
            AntiSpamProfile antiSpam,
            List<String> greetings,
            boolean typing,
            ZoneId timeZone,
            SendingRules rules,
            long version,
            long rulesVersion) {
        this(
                id,
                platform,
                baseUrl,
                session,
                credential,
                antiSpam,
                greetings,
                typing,
                timeZone,
                rules,
                version,
                rulesVersion,
                1,
                null);
    }
}
