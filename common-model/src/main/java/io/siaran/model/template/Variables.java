package io.siaran.model.template;

import io.siaran.model.Attributes;
import io.siaran.model.Limits;
import io.siaran.model.PersonName;
import io.siaran.model.Text;
import java.util.Optional;

/**
 * What is known of a reader. A name stays as written ({@code D'Cruz}, {@code A. Rahman}, {@code Mohd-Faiz}), only gaps and
 * control characters in it become one space; what is no name ({@link PersonName}), or a very long one, is none.
 *
 * @param name null when there is none
 * @param niche null when there is none
 */
public record Variables(String name, String phone, String niche, Attributes attributes) {

    /** What somebody without a name is called: Malay, polite, fits anybody. */
    public static final String UNNAMED = "Cik";

    static final int LONGEST_NAME = 60;
    static final int LONGEST_NICHE = Limits.NAME;

    public Variables {
        name = PersonName.of(name)
                .map(PersonName::text)
                .filter(text -> Text.length(text) <= LONGEST_NAME)
                .orElse(null);
        niche = tidy(niche, LONGEST_NICHE).orElse(null);
        attributes = Attributes.orNone(attributes);
    }

    /** Somebody without attributes. */
    public Variables(String name, String phone, String niche) {
        this(name, phone, niche, Attributes.NONE);
    }

    /** What the person is called in a greeting. */
    public String called() {
        return name == null ? UNNAMED : name;
    }

    Optional<String> of(Variable variable) {
        return switch (variable) {
            case Variable.Known known ->
                switch (known) {
                    case NAME -> Optional.ofNullable(name);
                    case FIRST_NAME -> Optional.ofNullable(name).map(Variables::firstName);
                    case PHONE -> Optional.ofNullable(phone);
                    case NICHE -> Optional.ofNullable(niche);
                };
            case Variable.Attribute attribute ->
                attributes.of(attribute.key()).flatMap(value -> tidy(value, Limits.ATTRIBUTE_VALUE));
        };
    }

    private static String firstName(String name) {
        for (String word : name.split(" ")) {
            boolean initial = word.endsWith(".") || (word.length() == 1 && word.charAt(0) < 0x80);
            if (!initial) {
                return word;
            }
        }
        return name;
    }

    private static Optional<String> tidy(String value, int longest) {
        return Optional.ofNullable(value)
                .filter(Text::isSeen)
                .map(Text::tidy)
                .filter(tidy -> Text.length(tidy) <= longest);
    }
}
