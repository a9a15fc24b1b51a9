package io.siaran.gateway.antispam;

/** The letters that have a twin, by the data file. */
final class Homoglyphs {

    private static final int ASCII = 0x80;
    /** Every twin of the data file is Cyrillic, and below this. */
    private static final int HIGHEST = 0x0500;

    private static final char[] TWINS = new char[ASCII];
    private static final char[] WRITTEN = new char[HIGHEST];

    static {
        for (String line : DataFile.lines("homoglyphs.txt")) {
            String[] parts = line.split(" ", 3);
            char letter = parts[0].charAt(0);
            char twin = (char) Integer.parseInt(parts[1], 16);
            TWINS[letter] = twin;
            WRITTEN[twin] = letter;
        }
    }

    private Homoglyphs() {}

    static boolean hasTwin(char letter) {
        return letter < ASCII && TWINS[letter] != 0;
    }

    static char twin(char letter) {
        return TWINS[letter];
    }

    static boolean isTwin(char unit) {
        return unit < HIGHEST && WRITTEN[unit] != 0;
    }

    /** The letter that a twin stands for; any other character as it is. */
    static char written(char unit) {
        return isTwin(unit) ? WRITTEN[unit] : unit;
    }
}
