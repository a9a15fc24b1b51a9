package io.siaran.gateway.antispam;

import java.util.random.RandomGenerator;

/** Characters of no width that neither join nor part letters in any script: ZERO WIDTH SPACE, WORD JOINER. */
final class Invisibles {

    private static final char[] ALL = {'\u200B', '\u2060'};

    private Invisibles() {}

    static char draw(RandomGenerator random) {
        return ALL[random.nextInt(ALL.length)];
    }

    static boolean isOne(char unit) {
        return unit == ALL[0] || unit == ALL[1];
    }
}
