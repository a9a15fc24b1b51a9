package io.siaran.model;

/** What was given is no phone number that can exist; the message never repeats it. */
public final class InvalidPhoneNumber extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    InvalidPhoneNumber(String message) {
        super(message);
    }
}
