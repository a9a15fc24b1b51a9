package io.siaran.model;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a recipient. It stays as written ({@code D'Cruz}, {@code A. Rahman}, {@code Mohd-Faiz}); only gaps become one
 * space, and characters that nobody sees and that no script needs are dropped.
 *
 * @param text what the person is called; it shows something and says something
 */
public record PersonName(String text) {

    /** What exports and programs write where there is no name, with or without brackets and quotes around it. */
    private static final Pattern PLACEHOLDER = Pattern.compile(
            "[\\p{P}\\p{S}\\s]*(?:null|undefined|none|unknown|no name|noname|n ?/ ?a|n\\.a\\.?)[\\p{P}\\p{S}\\s]*",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    public PersonName {
        if (!isName(text)) {
            throw new IllegalArgumentException("this is no name");
        }
    }

    /**
     * Empty where {@code raw} is no name: it is null, shows nothing ({@code U+3164}, {@code U+200B}, {@code U+2800}), says
     * nothing ({@code null}, {@code N/A}, {@code undefined}, {@code none}), or is only digits and punctuation, like a phone
     * number.
     */
    public static Optional<PersonName> of(String raw) {
        String tidy = raw == null ? "" : Text.tidy(raw);
        return isName(tidy) ? Optional.of(new PersonName(tidy)) : Optional.empty();
    }

    /** The name, or null where {@code raw} is none. */
    public static String orNull(String raw) {
        String tidy = raw == null ? "" : Text.tidy(raw);
        return isName(tidy) ? tidy : null;
    }

    @Override
    public String toString() {
        return text;
    }

    private static boolean isName(String tidy) {
        return Text.isSeen(tidy) && Text.has(tidy, character -> !saysNothing(character)) && !isPlaceholder(tidy);
    }

    /** Each of them begins with one of two letters, most names with another one: the pattern is dear. */
    private static boolean isPlaceholder(String tidy) {
        for (int i = 0; i < tidy.length(); ) {
            int character = tidy.codePointAt(i);
            if (Character.isLetter(character)) {
                return "nNuU".indexOf(character) >= 0
                        && PLACEHOLDER.matcher(tidy).matches();
            }
            i += Character.charCount(character);
        }
        return false;
    }

    private static boolean saysNothing(int character) {
        return Character.isDigit(character)
                || character == '+'
                || Text.isGap(character)
                || Text.isUnseen(character)
                || isPunctuation(character);
    }

    private static boolean isPunctuation(int character) {
        return switch (Character.getType(character)) {
            case Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.CONNECTOR_PUNCTUATION,
                    Character.OTHER_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION -> true;
            default -> false;
        };
    }
}
