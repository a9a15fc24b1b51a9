package io.siaran.gateway.antispam;

import io.siaran.model.AntiSpamProfile;
import io.siaran.model.MessageId;
import io.siaran.model.Text;
import io.siaran.model.template.Rendered;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The anti-spam layer: variables and choices, then greeting, blank line and text, then variation of the text. The profile
 * {@code greeting} leaves the variation out, {@code off} the greeting too; variables and choices are the author's, and are
 * always filled in.
 *
 * <p>Lengths are in characters, which are Unicode code points, as everywhere in Siaran.
 */
public final class AntiSpam {

    private static final String BLANK_LINE = "\n\n";

    private AntiSpam() {}

    /**
     * The text as it goes out. The same message in the same period of the day gives the same; in another one only its
     * greeting differs.
     *
     * <p>A greeting that does not fit into the platform's limit is left out, and nothing is added to a text that is longer by
     * itself.
     */
    public static String prepare(Draft draft, Voice voice, Instant now) {
        Rendered text = Templates.of(draft.text()).render(draft.reader(), drawnFor(draft.id(), Purpose.CHOICES));
        if (voice.profile() == AntiSpamProfile.OFF) {
            return text.text();
        }
        String greeting = greeting(draft, voice, now) + BLANK_LINE;
        int length = Text.length(text.text());
        String before = Text.length(greeting) + length <= voice.longest() ? greeting : "";
        if (voice.profile() == AntiSpamProfile.GREETING) {
            return before + text.text();
        }
        int room = voice.longest() - Text.length(before) - length;
        return before + Variation.of(text, draft.reader(), room, drawnFor(draft.id(), Purpose.VARIATION));
    }

    /** What the longest greeting of a device takes, with its blank line; 0 under {@code off}. */
    public static int longestGreeting(Voice voice) {
        return voice.profile() == AntiSpamProfile.OFF
                ? 0
                : Greetings.of(voice.greetings()).longest() + BLANK_LINE.length();
    }

    private static String greeting(Draft draft, Voice voice, Instant now) {
        return Greetings.of(voice.greetings())
                .draw(now.atZone(voice.zone()).getHour(), draft.reader(), drawnFor(draft.id(), Purpose.GREETING));
    }

    /** One series of numbers for each purpose, so that a greeting of another length changes nothing behind it. */
    private static RandomGenerator drawnFor(MessageId id, Purpose purpose) {
        long cause = id.value().getMostSignificantBits() * 31 + id.value().getLeastSignificantBits();
        return new SplittableRandom(cause * Purpose.values().length + purpose.ordinal());
    }

    private enum Purpose {
        CHOICES,
        GREETING,
        VARIATION
    }
}
