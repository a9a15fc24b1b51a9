package io.siaran.model.template;

import io.siaran.model.Attributes;
import io.siaran.model.Limits;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a text may say of its reader, written {@code {{first_name}}} or {@code {{attributes.plan}}}, in any case. */
public sealed interface Variable {

    /** The longest value, in code points. */
    int longest();

    /** What stands there when there is neither a value nor a fallback. */
    String otherwise();

    /** Whether a reader may have none. */
    boolean mayBeMissing();

    /** The variable of that name, blanks around it aside. */
    static Optional<Variable> named(String written) {
        String name = written.strip().toLowerCase(Locale.ROOT);
        if (name.startsWith(Attribute.PREFIX)) {
            String key = name.substring(Attribute.PREFIX.length());
            return Attributes.isKey(key) ? Optional.of(new Attribute(key)) : Optional.empty();
        }
        return Arrays.stream(Known.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .map(known -> known);
    }

    /** What Siaran knows of every reader. */
    enum Known implements Variable {
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

        Known(int longest, String otherwise) {
            this.longest = longest;
            this.otherwise = otherwise;
        }

        @Override
        public int longest() {
            return longest;
        }

        @Override
        public String otherwise() {
            return otherwise;
        }

        @Override
        public boolean mayBeMissing() {
            return this != PHONE;
        }
    }

    /** What the tenant keeps of a lead. */
    record Attribute(String key) implements Variable {

        static final String PREFIX = "attributes.";

        @Override
        public int longest() {
            return Limits.ATTRIBUTE_VALUE;
        }

        @Override
        public String otherwise() {
            return "";
        }

        @Override
        public boolean mayBeMissing() {
            return true;
        }
    }
}
