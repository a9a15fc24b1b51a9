package io.siaran.model;

import java.util.regex.Pattern;

/**
 * The digits of a phone number as somebody wrote it, with its plus. libphonenumber alone would read more than that: letters
 * as a dial pad, what follows {@code x}, {@code ext} or {@code ;} as an extension, the first of two numbers, a decimal as
 * digits. Each of these is a stranger's number, so each is refused here, before libphonenumber sees it.
 *
 * <p>Taken are digits of any script, one plus in front, and between the digits spaces, hyphens, brackets in pairs, and dots
 * where there are two or more ({@code 012.345.6789}; a single one is a decimal point).
 */
final class DialledDigits {

    private static final int LONGEST = 60;

    private static final Pattern DASH = Pattern.compile("\\p{Pd}|\u2212|\u30fc");
    private static final Pattern PLUS_IN_BRACKETS = Pattern.compile("^\\( ?\\+ ?([0-9 -]{1,6})\\)");

    /** Brackets only near the beginning: at the end they hold what is not part of the number. */
    private static final Pattern ONE_NUMBER = Pattern.compile("\\+? ?(?:[0-9]{1,4}[ -]{0,3})?"
            + "(?:\\( ?[0-9](?:[ -]?[0-9]){0,5} ?\\)[ -]{0,3})?"
            + "[0-9](?:[ -]{0,3}[0-9.])*");

    private static final Pattern DOTTED = Pattern.compile("[^.]*[0-9](?:\\.[0-9]{2,}){2,}");

    private DialledDigits() {}

    /** Throws {@link InvalidPhoneNumber}, which says what is wrong and never repeats the number. */
    static String of(String raw) {
        if (!Text.isSeen(raw)) {
            throw new InvalidPhoneNumber("a phone number is required");
        }
        if (raw.length() > LONGEST) {
            throw new InvalidPhoneNumber("must be one phone number, and this is too long for one");
        }
        String written = written(raw.strip());
        refuseWhatIsMore(written);
        if (!ONE_NUMBER.matcher(written).matches()) {
            throw new InvalidPhoneNumber(
                    "must be one phone number: digits with spaces, hyphens or brackets between them, and a + in front"
                            + " of the country code");
        }
        return written.replaceAll("[^0-9+]", "");
    }

    /** In ASCII: what looks like a digit, a plus, a hyphen or a space is one; what nobody sees is nothing. */
    private static String written(String raw) {
        StringBuilder written = new StringBuilder(raw.length());
        raw.codePoints().filter(c -> !Text.isUnseen(c)).forEach(c -> {
            if (Character.isDigit(c)) {
                written.append(Character.digit(c, 10));
            } else if (Character.isSpaceChar(c)) {
                written.append(' ');
            } else {
                written.appendCodePoint(
                        switch (c) {
                            case '＋' -> '+';
                            case '（' -> '(';
                            case '）' -> ')';
                            case '．' -> '.';
                            default -> c;
                        });
            }
        });
        String plain = DASH.matcher(written).replaceAll("-").strip().replaceAll(" {2,}", " ");
        return PLUS_IN_BRACKETS.matcher(plain).replaceFirst("+$1");
    }

    private static void refuseWhatIsMore(String written) {
        if (written.codePoints().anyMatch(Character::isLetter)) {
            throw new InvalidPhoneNumber(
                    "must be one phone number without letters: they are not read as digits, and an extension cannot be"
                            + " written to");
        }
        if (written.chars().anyMatch(c -> ",;/|&\n\r\t".indexOf(c) >= 0) || written.indexOf('+', 1) > 0) {
            throw new InvalidPhoneNumber("must be one phone number, not several");
        }
        if (written.indexOf('.') >= 0 && !DOTTED.matcher(written).matches()) {
            throw new InvalidPhoneNumber("must be one phone number without a decimal point");
        }
    }
}
