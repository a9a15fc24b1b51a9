package io.siaran.gateway.device;

import io.siaran.model.AntiSpamProfile;
import io.siaran.model.DelayRange;
import io.siaran.rest.Refusal;
import io.siaran.rest.Violation;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
        AntiSpamProfile antiSpam) {

    private static final String USUAL_WABLAS = "https://my.wablas.com";
    private static final String USUAL_ZONE = "Asia/Kuala_Lumpur";

    /** @throws Refusal (a 400) that names every field that is wrong */
    void check() {
        List<Violation> wrong = new ArrayList<>();
        if (knownPlatform().isEmpty()) {
            wrong.add(new Violation("platform", "only wablas for now, others are not supported yet"));
        }
        if (!isHttp(address())) {
            wrong.add(new Violation("base_url", "must be an http or https URL without user, query or fragment"));
        }
        if (!isDelay()) {
            wrong.add(new Violation("min_delay_seconds", "0 <= min <= max <= 3600 seconds, both or none"));
        }
        if (!isZone(zone())) {
            wrong.add(new Violation("time_zone", "must be a time zone, like Asia/Kuala_Lumpur"));
        }
        if (!wrong.isEmpty()) {
            throw Refusal.invalid(wrong);
        }
    }

    Platform platformKind() {
        return knownPlatform().orElseThrow();
    }

    /** The server's address without a slash at its end: the same server is spelled the same. */
    String address() {
        return (baseUrl == null ? USUAL_WABLAS : baseUrl.strip()).replaceFirst("/+$", "");
    }

    String zone() {
        return timeZone == null ? USUAL_ZONE : timeZone;
    }

    AntiSpamProfile profile() {
        return antiSpam == null ? AntiSpamProfile.FULL : antiSpam;
    }

    Credential secret() {
        return new Credential(credential.strip());
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

    private boolean isDelay() {
        if (minDelaySeconds == null || maxDelaySeconds == null) {
            return minDelaySeconds == null && maxDelaySeconds == null;
        }
        return 0 <= minDelaySeconds
                && minDelaySeconds <= maxDelaySeconds
                && maxDelaySeconds <= DelayRange.LONGEST_SECONDS;
    }

    private static boolean isHttp(String address) {
        try {
            URI uri = new URI(address);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            return (scheme.equals("http") || scheme.equals("https"))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
        } catch (URISyntaxException noUrl) {
            return false;
        }
    }

    private static boolean isZone(String name) {
        try {
            return ZoneId.of(name) != null;
        } catch (DateTimeException noZone) {
            return false;
        }
    }
}
