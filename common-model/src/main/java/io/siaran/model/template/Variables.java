package io.siaran.model.template;

import java.util.Optional;

/**
 * What is known of a reader. A name stays as written ({@code D'Cruz}, {@code A. Rahman}, {@code Mohd-Faiz}), only gaps and
 * control characters in it become one space; what is no name (digits only, phone-like, very long) is none.
 *
 * @param name null when there is none
 * @param niche null when there is none
 */
public record Variables(String name, String phone, String niche) {

    /** What somebody without a name is called: Malay, polite, fits anybody. */
    public static final String UNNAMED = "Cik";

    static final int LONGEST_NAME = 60;
    static final int LONGEST_NICHE = 255;

    private static final String BESIDE_DIGITS = " ()+./-";

    public Variables {
        name = orNull(name, LONGEST_NAME);
        name = name == null || isPhoneLike(name) ? null : name;
        niche = orNull(niche, LONGEST_NICHE);
    }

    /** What the person is called in a greeting. */
    public String called() {
        return name == null ? UNNAMED : name;
    }

    Optional<String> of(Variable variable) {
        return switch (variable) {
            case NAME -> Optional.ofNullable(name);
            case FIRST_NAME -> Optional.ofNullable(name).map(Variables::firstName);
            case PHONE -> Optional.ofNullable(phone);
            case NICHE -> Optional.ofNullable(niche);
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

    private static String orNull(String value, int longest) {
        String tidy = value == null ? "" : tidy(value);
        return tidy.isEmpty() || tidy.length() > longest ? null : tidy;
    }

    private static String tidy(String value) {
        StringBuilder tidy = new StringBuilder(value.length());
        boolean gap = false;
        for (int i = 0; i < value.length(); i++) {
            char unit = value.charAt(i);
            if (Character.isWhitespace(unit) || Character.isISOControl(unit)) {
                gap = true;
            } else {
                tidy.append(gap && !tidy.isEmpty() ? " " : "").append(unit);
                gap = false;
            }
        }
        return tidy.toString();
    }

    private static boolean isPhoneLike(String name) {
        return name.chars().allMatch(unit -> Character.isDigit(unit) || BESIDE_DIGITS.indexOf(unit) >= 0);
    }
}
