package io.siaran.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.regex.Pattern;

/** A phone number as E.164 digits without the plus, e.g. {@code 60123456789}: the one spelling inside Siaran. */
public record PhoneNumber(@JsonValue String digits) {

    /** Where a number without a country code is dialled from, unless configured otherwise. */
    public static final String DEFAULT_REGION = "MY";

    private static final Pattern E164 = Pattern.compile("[1-9][0-9]{6,14}");
    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PhoneNumber {
        if (digits == null || !E164.matcher(digits).matches()) {
            throw new InvalidPhoneNumber("E.164 digits without a plus are expected");
        }
    }

    /**
     * Reads any spelling ({@code 012-345 6789}, {@code +60123456789}, {@code 60123456789}).
     *
     * @param region ISO country that a national spelling belongs to
     * @throws InvalidPhoneNumber when no such number can exist by the numbering plans of libphonenumber
     */
    public static PhoneNumber parse(String raw, String region) {
        if (raw == null || raw.isBlank()) {
            throw new InvalidPhoneNumber("a phone number is required");
        }
        try {
            return valid(NUMBERS.parse(raw, region));
        } catch (NumberParseException | InvalidPhoneNumber notNational) {
            return international(raw);
        }
    }

    @Override
    public String toString() {
        return digits;
    }

    /** {@code 6281234567890} is what most exports hold: international digits whose plus was lost. */
    private static PhoneNumber international(String raw) {
        try {
            return valid(NUMBERS.parse('+' + raw.strip().replaceFirst("^\\+", ""), null));
        } catch (NumberParseException unreadable) {
            throw new InvalidPhoneNumber("not a phone number");
        }
    }

    private static PhoneNumber valid(Phonenumber.PhoneNumber number) {
        if (!NUMBERS.isValidNumber(number)) {
            throw new InvalidPhoneNumber("no such phone number can exist");
        }
        return new PhoneNumber(NUMBERS.format(number, PhoneNumberFormat.E164).substring(1));
    }
}
