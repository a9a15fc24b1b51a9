package io.siaran.gateway.antispam;

/** Words in capitals: codes, brands and words to answer with, which somebody may have to type or compare. */
final class Capitals {

    private Capitals() {}

    /** Two or more letters, all of them capitals; hyphens and apostrophes aside. */
    static boolean are(String text, int from, int to) {
        for (int at = from; at < to; at++) {
            if (Character.isLowerCase(text.charAt(at))) {
                return false;
            }
        }
        return to - from >= 2 && Character.isUpperCase(text.charAt(from));
    }
}
