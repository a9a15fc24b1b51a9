package io.siaran.gateway.antispam;

import java.util.Collection;

/** Words to be found in a text as they are read, without a copy of it and without regard to case. */
final class WordSet {

    private final String[][] byLength;

    WordSet(Collection<String> words) {
        int longest = words.stream().mapToInt(String::length).max().orElse(0);
        byLength = new String[longest + 1][];
        for (int length = 0; length <= longest; length++) {
            int wanted = length;
            byLength[length] =
                    words.stream().filter(word -> word.length() == wanted).toArray(String[]::new);
        }
    }

    boolean contains(String text, int from, int to) {
        int length = to - from;
        if (length >= byLength.length) {
            return false;
        }
        for (String word : byLength[length]) {
            if (text.regionMatches(true, from, word, 0, length)) {
                return true;
            }
        }
        return false;
    }
}
