package io.siaran.gateway.registration;

import io.siaran.gateway.device.Credential;
import io.siaran.gateway.device.Platform;
import io.siaran.gateway.rules.QuietHours;
import io.siaran.model.AntiSpamProfile;
import io.siaran.model.PhoneNumber;
import io.siaran.model.UnknownPolicy;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * A {@link DeviceBody} that was read and found right, with every default in its place.
 *
 * @param phone null where it is not known
 * @param credential null where a change leaves it as it is
 * @param session what its server calls it; null for its usual name, or where a server is one number's
 * @param hourlyCap null for none, as the other ones
 * @param greetings its own greeting words, written as a message is; empty for the standard ones
 */
record DeviceSettings(
        String name,
        PhoneNumber phone,
        Platform platform,
        Credential credential,
        String baseUrl,
        String session,
        Integer minDelay,
        Integer maxDelay,
        String timeZone,
        AntiSpamProfile antiSpam,
        Integer hourlyCap,
        Integer dailyCap,
        Integer coldDailyCap,
        Integer firstContactDailyCap,
        boolean warmUp,
        boolean autoSlow,
        List<QuietHours> quietHours,
        UnknownPolicy unknownPolicy,
        List<String> greetings,
        boolean typing,
        boolean checkNumbers) {

    /** How many quiet hours, and how many greetings, a device may have. */
    static final int LONGEST_LIST = 50;

    /** What the server calls that device: its own id unless its owner names it; null where a server is one number's. */
    String sessionOf(UUID device) {
        return platform.hasSessions() ? Objects.requireNonNullElse(session, device.toString()) : null;
    }

    /** Never with the credential: this may be logged. */
    @Override
    public String toString() {
        return "DeviceSettings[" + platform + "]";
    }
}
