package io.siaran.gateway.antispam;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes two copies of a text differ where nobody sees it: a few letters become their twins, up to two zero-width characters
 * stand between words. {@link #written} gives the text back.
 */
final class Variation {

    private static final double SHARE_OF_LETTERS = 0.05;
    private static final int LETTERS_FOR_ONE = 20;
    private static final int MOST_INVISIBLES = 2;
    /** Neither joins nor parts letters in any script: ZERO WIDTH SPACE, WORD JOINER. */
    private static final char[] INVISIBLES = {'\u200B', '\u2060'};

    private Variation() {}

    /**
     * @param name the contact's name, which stays as written where the text has it
     * @param longest the result has at most so many UTF-16 units, or as many as the text
     */
    static String of(String text, ContactName name, int longest, RandomGenerator random) {
        PlainWords words = PlainWords.of(text, name);
        StringBuilder varied = new StringBuilder(text);
        if (!Homoglyphs.usesTwins(text)) {
            List<Integer> letters = words.letters(text);
            for (int at : draw(letters, lettersToChange(letters.size()), random)) {
                varied.setCharAt(at, Homoglyphs.twin(text.charAt(at)));
            }
        }
        if (text.chars().noneMatch(unit -> isInvisible((char) unit))) {
            int room = Math.clamp(longest - text.length(), 0, MOST_INVISIBLES);
            draw(words.gaps(text), room, random).stream()
                    .sorted(Comparator.reverseOrder())
                    .forEach(at -> varied.insert(at.intValue(), INVISIBLES[random.nextInt(INVISIBLES.length)]));
        }
        return varied.toString();
    }

    /** The text that was varied, of one that had neither twins nor invisible characters of its own. */
    static String written(String varied) {
        StringBuilder written = new StringBuilder(varied.length());
        varied.chars()
                .filter(unit -> !isInvisible((char) unit))
                .forEach(unit -> written.append(Homoglyphs.written((char) unit)));
        return written.toString();
    }

    private static int lettersToChange(int eligible) {
        int share = (int) Math.round(eligible * SHARE_OF_LETTERS);
        return eligible >= LETTERS_FOR_ONE ? Math.max(1, share) : share;
    }

    private static List<Integer> draw(List<Integer> from, int count, RandomGenerator random) {
        List<Integer> left = new ArrayList<>(from);
        List<Integer> drawn = new ArrayList<>();
        while (drawn.size() < count && !left.isEmpty()) {
            // The last takes the drawn one's place: the order does not matter, and nothing is shifted.
            int at = random.nextInt(left.size());
            drawn.add(left.get(at));
            left.set(at, left.getLast());
            left.removeLast();
        }
        return drawn;
    }

    private static boolean isInvisible(char unit) {
        return unit == INVISIBLES[0] || unit == INVISIBLES[1];
    }
}
