package io.siaran.model;

import java.util.function.IntPredicate;

/** What is true of any text that a person wrote: how long it is, and which of its characters nobody sees. */
public final class Text {

    private static final int BRAILLE_BLANK = 0x2800;

    private Text() {}

    /** In characters, which are Unicode code points: an emoji of one code point counts once. Null has none. */
    public static int length(String text) {
        return text == null ? 0 : text.codePointCount(0, text.length());
    }

    /** Whether somebody who reads it sees anything. */
    public static boolean isSeen(String text) {
        return text != null && has(text, character -> !isGap(character) && !isUnseen(character));
    }

    /** White space of any kind, a no-break space and a blank Braille cell included, and control characters. */
    static boolean isGap(int character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.isISOControl(character)
                || character == BRAILLE_BLANK;
    }

    /** Shows nothing and takes no room: what Unicode calls default-ignorable, soft hyphens and fillers included. */
    static boolean isUnseen(int character) {
        return switch (character) {
            case 0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFEFF, 0xFFA0 -> true;
            default ->
                within(character, 0x180B, 0x180F)
                        || within(character, 0x200B, 0x200F)
                        || within(character, 0x202A, 0x202E)
                        || within(character, 0x2060, 0x206F)
                        || isVariationSelector(character)
                        || within(character, 0xFFF0, 0xFFFB)
                        || within(character, 0x1BCA0, 0x1BCA3)
                        || within(character, 0x1D173, 0x1D17A)
                        || within(character, 0xE0000, 0xE0FFF);
        };
    }

    /**
     * Unseen, and also without meaning inside a name: no joiner that Tamil, Persian or an emoji is written with, no choice
     * of how the character before it looks. Among them is what would turn the direction of the text around it.
     */
    static boolean isNoise(int character) {
        return isUnseen(character)
                && !within(character, 0x200C, 0x200F)
                && !within(character, 0xE0020, 0xE007F)
                && !isVariationSelector(character);
    }

    /** Every gap as one space, none at the edges; characters that nobody sees and no script needs are dropped. */
    public static String tidy(String text) {
        return tidy(text, Text::isNoise);
    }

    /** Without the characters that {@code dropped} says; every gap as one space, none at the edges. */
    static String tidy(String text, IntPredicate dropped) {
        StringBuilder tidy = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            if (isGap(character)) {
                gap = true;
            } else if (!dropped.test(character)) {
                tidy.append(gap && !tidy.isEmpty() ? " " : "").appendCodePoint(character);
                gap = false;
            }
        }
        return tidy.toString();
    }

    /** Of names by the million: without the cost of a stream for each. */
    static boolean has(String text, IntPredicate wanted) {
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            if (wanted.test(character)) {
                return true;
            }
            i += Character.charCount(character);
        }
        return false;
    }

    private static boolean isVariationSelector(int character) {
        return within(character, 0xFE00, 0xFE0F) || within(character, 0xE0100, 0xE01EF);
    }

    private static boolean within(int character, int first, int last) {
        return first <= character && character <= last;
    }
}
