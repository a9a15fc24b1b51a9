package io.siaran.gateway.antispam;

import io.siaran.model.AntiSpamProfile;
import io.siaran.model.MessageId;
import java.time.ZonedDateTime;
import java.util.SplittableRandom;

/** The anti-spam layer: greeting, blank line, text. */
public final class AntiSpam {

    private static final String BLANK_LINE = "\n\n";

    private AntiSpam() {}

    /**
     * The text as it goes out. The same message at the same hour gives the same.
     *
     * @param name the contact's, or null
     * @param local the time where the device is
     * @param longest the platform's limit in UTF-16 units; a greeting that does not fit is left out, and nothing is added
     *     to a text that is longer by itself
     */
    public static String prepare(
            MessageId id, String text, String name, AntiSpamProfile profile, ZonedDateTime local, int longest) {
        SplittableRandom random = new SplittableRandom(
                id.value().getMostSignificantBits() * 31 + id.value().getLeastSignificantBits());
        ContactName contact = ContactName.of(name);
        return switch (profile) {
            case OFF -> text;
            case GREETING -> greeted(text, Greeting.draw(local.getHour(), contact, random), longest);
            case FULL -> {
                String greeting = Greeting.draw(local.getHour(), contact, random);
                String greeted = greeted(text, greeting, longest);
                int room = longest - (greeted.length() - text.length());
                String varied = Variation.of(text, contact, room, random);
                yield greeted.substring(0, greeted.length() - text.length()) + varied;
            }
        };
    }

    private static String greeted(String text, String greeting, int longest) {
        String greeted = greeting + BLANK_LINE + text;
        return greeted.length() <= longest ? greeted : text;
    }
}
