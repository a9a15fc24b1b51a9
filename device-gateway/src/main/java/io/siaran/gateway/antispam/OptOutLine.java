package io.siaran.gateway.antispam;

import java.util.List;

/**
 * Whether a line tells the reader how to be left in peace: it names a word to answer with in capitals ({@code STOP}), or such
 * a word in any case together with how to answer ({@code balas berhenti}), or leaving itself ({@code unsubscribe}). A line
 * that only happens to use these words is taken for one too: then it stays as written, which harms nobody.
 */
final class OptOutLine {

    private static final WordSet ANSWERS = words("answer");
    private static final WordSet WAYS = words("way");
    private static final WordSet LEAVING = words("leaving");

    private boolean answer;
    private boolean way;
    private boolean certain;

    /** The line's next word. */
    void word(String text, int from, int to) {
        if (ANSWERS.contains(text, from, to)) {
            answer = true;
            certain |= Capitals.are(text, from, to);
        } else if (WAYS.contains(text, from, to)) {
            way = true;
        } else if (LEAVING.contains(text, from, to)) {
            certain = true;
        }
    }

    /** Answers for the line that ends here; the next one begins. */
    boolean end() {
        boolean optOut = certain || (answer && way);
        answer = false;
        way = false;
        certain = false;
        return optOut;
    }

    private static WordSet words(String kind) {
        List<String> words = DataFile.lines("opt-out.txt").stream()
                .filter(line -> line.startsWith(kind + " "))
                .map(line -> line.substring(kind.length()).strip())
                .toList();
        return new WordSet(words);
    }
}
