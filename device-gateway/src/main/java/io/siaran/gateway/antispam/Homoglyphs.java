package io.siaran.gateway.antispam;

import java.util.HashMap;
import java.util.Map;

/** The letters that have a twin, by the data file. */
final class Homoglyphs {

    private static final Map<Character, Character> TWINS = new HashMap<>();
    private static final Map<Character, Character> WRITTEN = new HashMap<>();

    static {
        for (String line : DataFile.lines("homoglyphs.txt")) {
            String[] parts = line.split(" ", 3);
            char letter = parts[0].charAt(0);
            char twin = (char) Integer.parseInt(parts[1], 16);
            TWINS.put(letter, twin);
            WRITTEN.put(twin, letter);
        }
    }

    private Homoglyphs() {}

    static boolean hasTwin(char letter) {
        return TWINS.containsKey(letter);
    }

    static char twin(char letter) {
        return TWINS.get(letter);
    }

    /** Whether the text uses the twins' own alphabet: there they would be letters, not look-alikes. */
    static boolean usesTwins(CharSequence text) {
        return text.chars().anyMatch(unit -> WRITTEN.containsKey((char) unit));
    }

    /** The letter that a twin stands for; any other character as it is. */
    static char written(char letter) {
        return WRITTEN.getOrDefault(letter, letter);
    }
}
