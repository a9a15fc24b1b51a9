package io.siaran.gateway.registration;

import io.siaran.gateway.device.Credential;
import io.siaran.gateway.device.JsonColumns;
import io.siaran.gateway.device.ServerAddresses;
import io.siaran.gateway.rules.QuietHours;
import io.siaran.model.AntiSpamProfile;
import io.siaran.model.UnknownPolicy;
import io.siaran.model.Wire;
import io.siaran.rest.Refusal;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The fields of a device that shall change; what is absent or null stays, an empty list empties, a cap of 0 takes the cap
 * away. Its platform, its number and its user never change.
 */
record DevicePatch(
        @Pattern(regexp = WORDS, message = "must not be blank") @Size(max = 100)
        String name,

        @Pattern(regexp = WORDS, message = "must not be blank") @Size(max = 500)
        String credential,

        @Size(max = 300) String baseUrl,
        Integer minDelaySeconds,
        Integer maxDelaySeconds,
        String timeZone,
        AntiSpamProfile antiSpam,
        Integer hourlyCap,
        Integer dailyCap,
        Boolean warmUp,
        List<@NotNull QuietHours> quietHours,
        UnknownPolicy unknownPolicy,
        List<@NotNull String> greetings,
        Boolean typing) {

    private static final String WORDS = "(?s).*\\S.*";

    /** @throws Refusal (a 400) that names every field that is wrong */
    DeviceSettings over(Device device, ServerAddresses addresses) {
        DeviceSettings settings = new DeviceSettings(
                Objects.requireNonNullElse(name, device.name).strip(),
                Optional.ofNullable(credential)
                        .map(String::strip)
                        .map(Credential::new)
                        .orElse(null),
                baseUrl == null ? device.baseUrl : ServerAddresses.plain(baseUrl),
                minDelaySeconds == null ? device.minDelay : minDelaySeconds,
                maxDelaySeconds == null ? device.maxDelay : maxDelaySeconds,
                Objects.requireNonNullElse(timeZone, device.timeZone),
                antiSpam == null ? Wire.read(AntiSpamProfile.class, device.antiSpam) : antiSpam,
                hourlyCap == null ? device.hourlyCap : DeviceSettings.cap(hourlyCap),
                dailyCap == null ? device.dailyCap : DeviceSettings.cap(dailyCap),
                warmUp == null ? device.warmUp : warmUp,
                quietHours == null ? JsonColumns.quietHours(device.quietHours) : quietHours,
                unknownPolicy == null ? Wire.read(UnknownPolicy.class, device.unknownPolicy) : unknownPolicy,
                greetings == null ? JsonColumns.words(device.greetings) : greetings,
                typing == null ? device.typing : typing);
        settings.check(addresses, List.of());
        return settings;
    }

    /** Never with the credential: this may be logged. */
    @Override
    public String toString() {
        return "DevicePatch[]";
    }
}
