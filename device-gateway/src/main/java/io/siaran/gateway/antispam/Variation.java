package io.siaran.gateway.antispam;

import io.siaran.model.template.Rendered;
import io.siaran.model.template.Variables;
import java.util.random.RandomGenerator;

/**
 * Makes two copies of a text differ where nobody sees it: a few letters become their twins, up to two characters of no width
 * stand between words. {@link #written} gives the text back.
 */
final class Variation {

    private static final double SHARE_OF_LETTERS = 0.05;
    private static final int LETTERS_FOR_ONE = 20;
    private static final int MOST_INVISIBLES = 2;

    private Variation() {}

    /**
     * @param reader whose name stays as written where the text has it
     * @param room so many characters may be added; below 0 is none
     */
    static String of(Rendered text, Variables reader, int room, RandomGenerator random) {
        Spots spots = Spots.of(text, reader);
        char[] units = text.text().toCharArray();
        Places letters = spots.letters();
        for (int at : letters.draw(lettersToChange(letters.count(), spots.lettersOfAll()), random)) {
            units[at] = Homoglyphs.twin(units[at]);
        }
        int[] gaps = spots.gaps().draw(Math.clamp(room, 0, MOST_INVISIBLES), random);
        return withInvisibles(units, gaps, random);
    }

    /** The text that was varied, of one that had neither twins nor invisible characters of its own. */
    static String written(String varied) {
        StringBuilder written = new StringBuilder(varied.length());
        varied.chars()
                .filter(unit -> !Invisibles.isOne((char) unit))
                .forEach(unit -> written.append(Homoglyphs.written((char) unit)));
        return written.toString();
    }

    private static int lettersToChange(int eligible, int ofAll) {
        int share = (int) Math.round(eligible * SHARE_OF_LETTERS);
        return ofAll >= LETTERS_FOR_ONE ? Math.max(1, share) : share;
    }

    private static String withInvisibles(char[] units, int[] gaps, RandomGenerator random) {
        StringBuilder varied = new StringBuilder(units.length + gaps.length);
        int from = 0;
        for (int gap : gaps) {
            varied.append(units, from, gap - from).append(Invisibles.draw(random));
            from = gap;
        }
        return varied.append(units, from, units.length - from).toString();
    }
}
