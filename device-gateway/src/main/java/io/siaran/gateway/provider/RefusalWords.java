package io.siaran.gateway.provider;

import io.siaran.gateway.device.RefusalCause;
import io.siaran.model.WireEnum;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a platform's words of refusal mean: the file {@code refusals.txt} beside its adapter. A line is a meaning, a colon,
 * and texts separated by plus signs that must all be in the answer, whatever their case; the first line that fits decides.
 */
public final class RefusalWords {

    private static final String FILE = "refusals.txt";

    /** A refusal is a contact's fault only where it names the contact: a device is blocked or not registered as well. */
    private static final Pattern NAMES_THE_CONTACT =
            Pattern.compile("number|phone|recipient|contact|nomor|jid|penerima|tujuan");

    private static final Set<Meaning> OF_THE_CONTACT = Set.of(Meaning.CONTACT, Meaning.NOT_ON_WHATSAPP);

    private record Line(Meaning meaning, List<String> texts) {

        private boolean fits(String words) {
            return texts.stream().allMatch(words::contains)
                    && (!OF_THE_CONTACT.contains(meaning)
                            || NAMES_THE_CONTACT.matcher(words).find());
        }
    }

    /** What a refusal means. */
    public enum Meaning implements WireEnum {
        CREDENTIAL(RefusalCause.CREDENTIAL),
        UNKNOWN_DEVICE(RefusalCause.UNKNOWN_DEVICE),
        LOGGED_OUT(RefusalCause.LOGGED_OUT),
        DISCONNECTED(RefusalCause.DISCONNECTED),
        BANNED(RefusalCause.BANNED),
        TIMELOCK(RefusalCause.TIMELOCK),
        LICENCE(RefusalCause.LICENCE),
        THROTTLED(null),
        CONTACT(null),
        /** Nobody there has this number. */
        NOT_ON_WHATSAPP(null),
        /** What is to be sent is refused, whoever sends it. */
        MESSAGE(null),
        /** The platform could not get the image. */
        MEDIA(null),
        /** It says that it did not begin. */
        NOT_SENT(null),
        /** It says that it waited in vain: the message may have gone out. */
        UNKNOWN(null);

        private final RefusalCause cause;

        Meaning(RefusalCause cause) {
            this.cause = cause;
        }
    }

    private final List<Line> lines;

    private RefusalWords(List<Line> lines) {
        this.lines = lines;
    }

    /** The words of the platform whose adapter this is. */
    public static RefusalWords of(Class<?> adapter) {
        try (InputStream file = adapter.getResourceAsStream(FILE)) {
            BufferedReader text = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
            return new RefusalWords(text.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(RefusalWords::line)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Line line(String line) {
        String[] parts = line.split(":", 2);
        List<String> texts = Arrays.stream(parts[1].split("\\+"))
                .map(text -> text.strip().toLowerCase(Locale.ROOT))
                .toList();
        if (texts.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("a line of " + FILE + " without words: " + line);
        }
        return new Line(WireEnum.read(Meaning.class, parts[0].strip()), texts);
    }

    /** What the words mean; empty where no line knows them. */
    public Optional<Meaning> meaning(String words) {
        String lower = words == null ? "" : words.toLowerCase(Locale.ROOT);
        return lines.stream().filter(line -> line.fits(lower)).findFirst().map(Line::meaning);
    }

    /** A readable refusal of a send. What no line knows is a failure that may pass. */
    public SendOutcome outcome(PlatformAnswer answer, String words) {
        String shown = PlatformAnswer.words(words);
        return meaning(words)
                .map(meaning -> outcome(answer, meaning, shown))
                .orElseGet(() -> new SendOutcome.ProviderFailed("HTTP " + answer.status() + ": " + shown));
    }

    private static SendOutcome outcome(PlatformAnswer answer, Meaning meaning, String words) {
        return switch (meaning) {
            case CREDENTIAL, UNKNOWN_DEVICE, LOGGED_OUT, DISCONNECTED, BANNED, TIMELOCK, LICENCE ->
                new SendOutcome.DeviceRefused(meaning.cause, words, null);
            case THROTTLED -> new SendOutcome.RateLimited(answer.pause());
            case CONTACT -> new SendOutcome.ContactRejected(words);
            case NOT_ON_WHATSAPP -> new SendOutcome.NotOnWhatsApp(words);
            case MESSAGE -> new SendOutcome.MessageRejected(words);
            case MEDIA -> new SendOutcome.MediaUnavailable(words);
            case NOT_SENT -> new SendOutcome.NotSent(words);
            case UNKNOWN -> new SendOutcome.Unknown("HTTP " + answer.status() + ": " + words);
        };
    }

    /** The cause for which the words refuse the device; empty where they do not. */
    public Optional<RefusalCause> refusal(String words) {
        return meaning(words).map(meaning -> meaning.cause);
    }
}
