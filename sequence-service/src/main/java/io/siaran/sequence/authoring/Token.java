package io.siaran.sequence.authoring;

import java.util.Locale;

/** One trigger or niche tag: leads carry comma-separated lists of them, compared whole and without regard to case. */
final class Token {

    /** For {@code @Pattern} of a field that takes one. */
    static final String ONE = "[^,]{0,100}";

    static final String EXPECTED = "must be one tag of at most 100 characters, without a comma";

    private Token() {}

    /** As it is stored and compared: without surrounding blanks, in lower case; blank is none. */
    static String fold(String raw) {
        return raw == null || raw.isBlank() ? null : raw.strip().toLowerCase(Locale.ROOT);
    }
}
