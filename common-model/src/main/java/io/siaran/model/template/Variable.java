package io.siaran.model.template;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a text may say of its reader, written {@code {{first_name}}}, in any case. */
public enum Variable {
    /** As written in the lead. */
    NAME(Variables.LONGEST_NAME, Variables.UNNAMED),
    /** The first word of the name that is no initial: {@code Rahman} of {@code A. Rahman}. */
    FIRST_NAME(Variables.LONGEST_NAME, Variables.UNNAMED),
    /** International digits without a plus. */
    PHONE(15, ""),
    /** The niche that the message is of. */
    NICHE(Variables.LONGEST_NICHE, "");

    private final int longest;
    private final String otherwise;

    Variable(int longest, String otherwise) {
        this.longest = longest;
        this.otherwise = otherwise;
    }

    /** The variable of that name, blanks around it aside. */
    static Optional<Variable> named(String written) {
        String name = written.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(known -> known.name().equals(name))
                .findFirst();
    }

    /** The longest value, in UTF-16 units. */
    int longest() {
        return longest;
    }

    /** What stands there when there is neither a value nor a fallback. */
    String otherwise() {
        return otherwise;
    }
}
