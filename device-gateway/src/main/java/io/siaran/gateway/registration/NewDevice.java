package io.siaran.gateway.registration;

import io.siaran.gateway.device.Credential;
import io.siaran.gateway.device.Platform;
import io.siaran.gateway.device.ServerAddresses;
import io.siaran.gateway.rules.QuietHours;
import io.siaran.model.AntiSpamProfile;
import io.siaran.model.UnknownPolicy;
import io.siaran.rest.Refusal;
import io.siaran.rest.Violation;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a person registers.
 *
 * @param phone the device's own number, in any spelling; may be left out
 * @param baseUrl where the account's server is; the platform's usual one unless given
 * @param minDelaySeconds the device's own pace, together with the maximum; messages may say otherwise
 */
record NewDevice(
        @NotBlank @Size(max = 100) String name,
        String phone,
        @NotNull String platform,
        @NotBlank @Size(max = 500) String credential,
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

    private static final String USUAL_WABLAS = "https://my.wablas.com";
    private static final String USUAL_ZONE = "Asia/Kuala_Lumpur";

    /** @throws Refusal (a 400) that names every field that is wrong */
    DeviceSettings settings(ServerAddresses addresses) {
        DeviceSettings settings = new DeviceSettings(
                name.strip(),
                new Credential(credential.strip()),
                ServerAddresses.plain(Objects.requireNonNullElse(baseUrl, USUAL_WABLAS)),
                minDelaySeconds,
                maxDelaySeconds,
                Objects.requireNonNullElse(timeZone, USUAL_ZONE),
                Objects.requireNonNullElse(antiSpam, AntiSpamProfile.FULL),
                DeviceSettings.cap(hourlyCap),
                DeviceSettings.cap(dailyCap),
                Boolean.TRUE.equals(warmUp),
                Objects.requireNonNullElse(quietHours, List.of()),
                Objects.requireNonNullElse(unknownPolicy, UnknownPolicy.HOLD),
                Objects.requireNonNullElse(greetings, List.of()),
                Boolean.TRUE.equals(typing));
        settings.check(
                addresses,
                knownPlatform().isPresent()
                        ? List.of()
                        : List.of(new Violation("platform", "only wablas for now, others are not supported yet")));
        return settings;
    }

    Platform platformKind() {
        return knownPlatform().orElseThrow();
    }

    /** Never with the credential: this may be logged. */
    @Override
    public String toString() {
        return "NewDevice[platform=" + platform + "]";
    }

    private Optional<Platform> knownPlatform() {
        return Arrays.stream(Platform.values())
                .filter(known -> known.wire().equals(platform))
                .findFirst();
    }
}
