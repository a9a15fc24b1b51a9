package io.siaran.gateway.antispam;

import io.siaran.model.template.Rendered;
import io.siaran.model.template.Variables;
import java.util.List;

/**
 * The spots of a text that may be touched, found in one walk over it: in plain words, but not in values of variables, the
 * reader's name, currencies, code, nor in the opt-out line.
 */
final class Spots {

    /** The currency of {@code RM 50} or {@code 50 sen} belongs to the number beside it. */
    private static final WordSet CURRENCIES =
            new WordSet(List.of("rm", "myr", "sgd", "usd", "idr", "rp", "eur", "sen", "ringgit"));

    private static final String[] NOBODY = {};

    private final String text;
    private final KeptSpans kept;
    private final String[] name;
    private final OptOutLine line = new OptOutLine();

    private final Places letters = new Places();
    private final Places capitals = new Places();
    private final Places gaps = new Places();
    private int lettersOfAll;
    private int lastWordEnd = -1;
    private boolean hasTwins;
    private boolean hasInvisibles;

    private Spots(Rendered text, String[] name) {
        this.text = text.text();
        this.kept = KeptSpans.of(text);
        this.name = name;
    }

    static Spots of(Rendered text, Variables reader) {
        Spots spots =
                new Spots(text, reader.name() == null ? NOBODY : reader.name().split(" "));
        spots.walk();
        return spots;
    }

    /**
     * Letters that have a twin; none where the text uses the twins' own alphabet: there they would be letters, not
     * look-alikes. Words in capitals may be codes to be typed, so theirs are given only where there are no others.
     */
    Places letters() {
        if (hasTwins) {
            return new Places();
        }
        return letters.isEmpty() ? capitals : letters;
    }

    /** Just before a space between two words; none where the text has invisible characters of its own. */
    Places gaps() {
        return hasInvisibles ? new Places() : gaps;
    }

    /** How many letters the text has, those that may not be touched included. */
    int lettersOfAll() {
        return lettersOfAll;
    }

    private void walk() {
        int at = 0;
        while (at < text.length()) {
            int end = line(at);
            if (line.end()) {
                letters.backToMark();
                capitals.backToMark();
                gaps.backToMark();
            }
            at = end + 1;
        }
    }

    /** Answers where the line ends. */
    private int line(int from) {
        letters.mark();
        capitals.mark();
        gaps.mark();
        int at = from;
        while (at < text.length() && text.charAt(at) != '\n') {
            at = Character.isWhitespace(text.charAt(at)) ? at + 1 : token(at);
        }
        return at;
    }

    /** Answers where the token ends. */
    private int token(int from) {
        int to = from;
        while (to < text.length() && !Character.isWhitespace(text.charAt(to))) {
            to = letters(to);
        }
        int start = PlainWord.start(text, from, to);
        int end = PlainWord.end(text, start, to);
        if (end > start && !kept.reachInto(from, to) && !isKept(start, end)) {
            touch(start, end);
        }
        return to;
    }

    /** Notes the letters that begin here, or the one character that is none; answers what is behind it. */
    private int letters(int from) {
        int to = PlainWord.endOfLetters(text, from, text.length());
        if (to == from) {
            hasInvisibles |= Invisibles.isOne(text.charAt(from));
            return from + 1;
        }
        lettersOfAll += to - from;
        line.word(text, from, to);
        for (int at = from; at < to && !hasTwins; at++) {
            hasTwins = Homoglyphs.isTwin(text.charAt(at));
        }
        return to;
    }

    private void touch(int start, int end) {
        Places places = Capitals.are(text, start, end) ? capitals : letters;
        for (int at = start; at < end; at++) {
            if (Homoglyphs.hasTwin(text.charAt(at))) {
                places.add(at);
            }
        }
        if (lastWordEnd > 0 && start == lastWordEnd + 1 && text.charAt(lastWordEnd) == ' ') {
            gaps.add(lastWordEnd);
        }
        lastWordEnd = end;
    }

    private boolean isKept(int start, int end) {
        for (String word : name) {
            if (word.length() == end - start && text.startsWith(word, start)) {
                return true;
            }
        }
        return CURRENCIES.contains(text, start, end);
    }
}
