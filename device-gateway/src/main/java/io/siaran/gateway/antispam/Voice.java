package io.siaran.gateway.antispam;

import io.siaran.model.AntiSpamProfile;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;

/**
 * How a device speaks.
 *
 * @param zone whose hour the greeting follows
 * @param greetings the device's own; empty: the standard Malay ones (see {@link Greetings#of})
 * @param longest what its platform takes at most, in characters
 */
public record Voice(AntiSpamProfile profile, ZoneId zone, List<String> greetings, int longest) {

    public Voice {
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(zone, "zone");
        greetings = List.copyOf(greetings);
    }
}
