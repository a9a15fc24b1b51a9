package io.siaran.rest;

import io.siaran.model.InvalidPhoneNumber;
import io.siaran.model.PhoneNumber;

/** Reads the phone numbers of requests, in any spelling. */
public final class PhoneField {

    private PhoneField() {}

    /**
     * @param field the name under which the caller sent it
     * @param region ISO country that a national spelling belongs to
     * @throws Refusal (a 400 that names the field) when no such number can exist
     */
    public static PhoneNumber parse(String field, String raw, String region) {
        try {
            return PhoneNumber.parse(raw, region);
        } catch (InvalidPhoneNumber invalid) {
            throw Refusal.invalid(field, invalid.getMessage(), ViolationCode.INVALID_PHONE);
        }
    }
}
