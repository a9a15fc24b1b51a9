package io.siaran.model.optout;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells a wish to be left alone from a sentence that has a word of it. Pure. A reply is compared as its words: case, width
 * ({@code ＳＴＯＰ}), punctuation and emoji do not matter, nor do polite words around it. What has anything else beside a
 * stop word, such as {@code STOP 12345}, opts nobody out.
 */
public final class OptOutWords {

    /** Longer texts with a stop word in them are sentences about something else. */
    private static final int LONGEST_DOUBT = 6;

    /** No wish is longer; the rest of a long text is not even looked at. */
    private static final int LONGEST_TEXT = 400;

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cf}\\uFE00-\\uFE0F\\x{E0100}-\\x{E01EF}]");

    private final Set<String> stop = new HashSet<>();
    private final Set<String> start = new HashSet<>();
    private final Set<String> polite = new HashSet<>();

    /**
     * @param languages whose words count, of those that {@code words.txt} knows
     * @param stop more words, or phrases, that end all messages
     * @param start more words, or phrases, after which a person is written to again
     */
    public static OptOutWords of(Collection<String> languages, Collection<String> stop, Collection<String> start) {
        OptOutWords words = new OptOutWords();
        boolean[] counts = {true};
        file().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            if (line.startsWith("# language ")) {
                counts[0] = languages.contains(line.substring("# language ".length()));
            } else if (counts[0] && !line.startsWith("#")) {
                words.take(line);
            }
        });
        stop.forEach(word -> words.stop.add(phrase(word)));
        start.forEach(word -> words.start.add(phrase(word)));
        return words;
    }

    private static Stream<String> file() {
        try (InputStream file = OptOutWords.class.getResourceAsStream("words.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    public ReplyVerdict judge(String text) {
        List<String> words = words(text);
        if (isMeant(words, stop)) {
            return ReplyVerdict.STOP;
        }
        if (isMeant(words, start)) {
            return ReplyVerdict.START;
        }
        return mayMeanStop(words) ? ReplyVerdict.DOUBTFUL : ReplyVerdict.NEITHER;
    }

    private void take(String line) {
        int colon = line.indexOf(':');
        Set<String> kind = switch (line.substring(0, Math.max(0, colon))) {
            case "stop" -> stop;
            case "start" -> start;
            case "polite" -> polite;
            default -> throw new IllegalArgumentException("no such kind of words: " + line);
        };
        kind.add(phrase(line.substring(colon + 1)));
    }

    /** One phrase of the set, perhaps several times, and polite ones around it. */
    private boolean isMeant(List<String> words, Set<String> phrases) {
        boolean said = false;
        for (int from = 0; from < words.size(); ) {
            int meant = longest(words, from, phrases);
            int courtesy = longest(words, from, polite);
            if (meant == 0 && courtesy == 0) {
                return false;
            }
            said |= meant > 0;
            from += Math.max(meant, courtesy);
        }
        return said;
    }

    /** How many words from there on are the longest phrase of the set; 0 when none is. */
    private static int longest(List<String> words, int from, Set<String> phrases) {
        int atMost = Math.min(words.size() - from, LONGEST_DOUBT);
        for (int length = atMost; length > 0; length--) {
            if (phrases.contains(String.join(" ", words.subList(from, from + length)))) {
                return length;
            }
        }
        return 0;
    }

    private boolean mayMeanStop(List<String> words) {
        return words.size() <= LONGEST_DOUBT && words.stream().anyMatch(stop::contains);
    }

    private static List<String> words(String text) {
        String start = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
        String plain = Normalizer.normalize(start, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        List<String> words =
                new ArrayList<>(NO_WORD.splitAsStream(UNSEEN.matcher(plain).replaceAll(""))
                        .filter(word -> !word.isEmpty())
                        .toList());
        return words.size() > 1 && words.stream().allMatch(word -> word.length() == 1) && words.size() <= 12
                ? List.of(String.join("", words))
                : words;
    }

    private static String phrase(String written) {
        return String.join(" ", words(written));
    }
}
