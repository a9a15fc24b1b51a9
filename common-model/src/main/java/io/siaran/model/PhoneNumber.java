package io.siaran.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;

/** A phone number as E.164 digits without the plus, e.g. {@code 60123456789}: the one spelling inside Siaran. */
public record PhoneNumber(@JsonValue String digits) {

    /** Where a number without a country code is dialled from, unless configured otherwise. */
    public static final String DEFAULT_REGION = "MY";

    private static final int SHORTEST = 7;
    private static final int LONGEST = 15;
    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    /** What stands in place of the phone of a person who was erased: +999 belongs to no country. */
    public static final PhoneNumber NOBODY = new PhoneNumber("9990000000000");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PhoneNumber {
        if (digits == null || !isE164(digits)) {
            throw new InvalidPhoneNumber("E.164 digits without a plus are expected");
        }
    }

    /**
     * Reads any spelling of one number ({@code 012-345 6789}, {@code +60123456789}, {@code 60123456789}); {@link DialledDigits}
     * says which. What is anything more or else (letters, a second number, an extension, a decimal point) is refused, never
     * read as somebody else's number.
     *
     * @param region ISO country that a national spelling belongs to
     * @throws InvalidPhoneNumber when it is no such spelling, or no such number can exist by the numbering plans of
     *     libphonenumber
     */
    public static PhoneNumber parse(String raw, String region) {
        if (raw != null && raw.length() > Limits.PHONE) {
            throw new InvalidPhoneNumber("a phone number has at most " + Limits.PHONE + " characters");
        }
        String dialled = DialledDigits.of(raw);
        try {
            return valid(NUMBERS.parse(dialled, region));
        } catch (NumberParseException | InvalidPhoneNumber notNational) {
            return international(dialled);
        }
    }

    /**
     * Whether it may be a mobile phone by its numbering plan, and so may be on WhatsApp. False for a landline and for
     * service numbers such as 1300 and 1800.
     */
    public boolean isMobile() {
        try {
            return switch (NUMBERS.getNumberType(NUMBERS.parse('+' + digits, null))) {
                case FIXED_LINE, TOLL_FREE, PREMIUM_RATE, SHARED_COST, UAN, VOICEMAIL, PAGER -> false;
                case MOBILE, FIXED_LINE_OR_MOBILE, VOIP, PERSONAL_NUMBER, UNKNOWN -> true;
            };
        } catch (NumberParseException fromAnotherPlan) {
            return true;
        }
    }

    @Override
    public String toString() {
        return digits;
    }

    /** {@code 6281234567890} is what most exports hold: international digits whose plus was lost. */
    private static PhoneNumber international(String dialled) {
        try {
            return valid(NUMBERS.parse(dialled.startsWith("+") ? dialled : '+' + dialled, null));
        } catch (NumberParseException unreadable) {
            throw new InvalidPhoneNumber("no such phone number can exist");
        }
    }

    private static PhoneNumber valid(Phonenumber.PhoneNumber number) {
        if (!NUMBERS.isValidNumber(number)) {
            throw new InvalidPhoneNumber("no such phone number can exist");
        }
        return new PhoneNumber(NUMBERS.format(number, PhoneNumberFormat.E164).substring(1));
    }

    private static boolean isE164(String digits) {
        if (digits.length() < SHORTEST || digits.length() > LONGEST || digits.charAt(0) == '0') {
            return false;
        }
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            if (digit < '0' || digit > '9') {
                return false;
            }
        }
        return true;
    }
}
