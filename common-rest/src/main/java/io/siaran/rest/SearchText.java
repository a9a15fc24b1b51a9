package io.siaran.rest;

import io.siaran.model.InvalidPhoneNumber;
import io.siaran.model.PhoneNumber;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What {@code ?q=} looks for: a part of a text, or of a phone number in any spelling.
 *
 * @param text as it was written
 * @param digits what the digits of a phone begin with or contain, as they are stored; null when the text is no phone
 */
public record SearchText(String text, String digits) {

    private static final Pattern PHONE = Pattern.compile("\\+?[0-9 ()./-]{4,40}");
    private static final int FEWEST_DIGITS = 4;

    /** @param region ISO country that a national spelling belongs to */
    public static SearchText of(String text, String region) {
        String phone = text.strip();
        return new SearchText(text, PHONE.matcher(phone).matches() ? digits(phone, region) : null);
    }

    public Optional<String> phoneDigits() {
        return Optional.ofNullable(digits);
    }

    /** For {@code LIKE}: the text anywhere, with nothing in it that {@code LIKE} would take for a pattern. */
    public String anywhere() {
        return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }

    private static String digits(String phone, String region) {
        try {
            return PhoneNumber.parse(phone, region).digits();
        } catch (InvalidPhoneNumber part) {
            // Of a part of a number nobody knows the country: the zero of a national spelling is not stored.
            String digits = phone.replaceAll("[^0-9]", "").replaceFirst("^0+", "");
            return digits.length() < FEWEST_DIGITS ? null : digits;
        }
    }
}
