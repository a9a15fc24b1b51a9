package io.siaran.gateway.antispam;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a text that may be touched. A word is named by what it is, not by what it is not: only letters, with the
 * punctuation of prose around them. So links, bare domains, e-mails, numbers, phones, {@code @mentions}, {@code #tags},
 * emoji and the markers of WhatsApp are left alone, whatever forms they come in, and so are words with combining marks.
 */
record PlainWords(List<Word> words) {

    /** Where a word's letters are, from inclusive to exclusive. */
    record Word(int from, int to) {}

    private static final Pattern TOKEN = Pattern.compile("\\S+");
    /** Possessive, so that a word of a thousand hyphens is walked along and not into: each step back costs stack. */
    private static final Pattern PLAIN =
            Pattern.compile("[(\"'“‘]*(?<letters>\\p{L}++(?:['’-]\\p{L}++)*+)[.,!?;:)\"'”’…]*");
    /** The currency of {@code RM 50} or {@code 50 sen} belongs to the number beside it. */
    private static final Set<String> CURRENCIES = Set.of("rm", "myr", "sgd", "usd", "idr", "rp", "eur", "sen");

    /** @param name the contact's name, whose words stay as written */
    static PlainWords of(String text, ContactName name) {
        List<String> kept = List.of(name.value().split(" "));
        List<Word> words = new ArrayList<>();
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            Matcher plain = PLAIN.matcher(token.group());
            if (plain.matches() && !isKept(plain.group("letters"), kept)) {
                words.add(new Word(token.start() + plain.start("letters"), token.start() + plain.end("letters")));
            }
        }
        return new PlainWords(List.copyOf(words));
    }

    /** Gaps of one space between two plain words: where a zero-width character may stand, just before the space. */
    List<Integer> gaps(String text) {
        List<Integer> gaps = new ArrayList<>();
        for (int i = 1; i < words.size(); i++) {
            int end = words.get(i - 1).to();
            if (words.get(i).from() == end + 1 && text.charAt(end) == ' ') {
                gaps.add(end);
            }
        }
        return gaps;
    }

    /** Positions of letters that have a twin. */
    List<Integer> letters(String text) {
        List<Integer> letters = new ArrayList<>();
        for (Word word : words) {
            for (int at = word.from(); at < word.to(); at++) {
                if (Homoglyphs.hasTwin(text.charAt(at))) {
                    letters.add(at);
                }
            }
        }
        return letters;
    }

    private static boolean isKept(String word, List<String> name) {
        return name.contains(word) || CURRENCIES.contains(word.toLowerCase(Locale.ROOT));
    }
}
