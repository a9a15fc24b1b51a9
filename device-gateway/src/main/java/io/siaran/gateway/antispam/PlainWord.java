package io.siaran.gateway.antispam;

/**
 * The letters of a token that is a word of prose: punctuation that opens, letters with at most apostrophes and hyphens
 * between them, punctuation that closes. A word is named by what it is, not by what it is not: so links, bare domains,
 * e-mails, numbers, phones, {@code @mentions}, {@code #tags}, emoji, the markers of WhatsApp and words with combining marks
 * are no plain words, whatever forms they come in.
 */
final class PlainWord {

    private static final String OPENING = "(\"'“‘";
    private static final String CLOSING = ".,!?;:)\"'”’…";
    private static final String INSIDE = "'’-";

    private PlainWord() {}

    /** Where the letters begin; meaningful only if {@link #end} says that it is one. */
    static int start(String text, int from, int to) {
        return skip(OPENING, text, from, to);
    }

    /** Where the letters end that begin there; -1 if the token is no plain word. */
    static int end(String text, int start, int to) {
        int end = endOfLetters(text, start, to);
        if (end == start) {
            return -1;
        }
        while (end + 1 < to && INSIDE.indexOf(text.charAt(end)) >= 0 && isLetter(text.charAt(end + 1))) {
            end = endOfLetters(text, end + 1, to);
        }
        return skip(CLOSING, text, end, to) == to ? end : -1;
    }

    /** Letters of one UTF-16 unit; no word with others is touched. */
    static int endOfLetters(String text, int from, int to) {
        int at = from;
        while (at < to && isLetter(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isLetter(char unit) {
        return unit < 0x80 ? (unit | 0x20) >= 'a' && (unit | 0x20) <= 'z' : Character.isLetter(unit);
    }

    private static int skip(String any, String text, int from, int to) {
        int at = from;
        while (at < to && any.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }
}
