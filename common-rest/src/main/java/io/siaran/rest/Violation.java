package io.siaran.rest;

/**
 * One thing that is wrong with a request.
 *
 * @param field the name as the caller wrote it, with its path: {@code steps[1].trigger_delay_hours}
 * @param message what is expected; never repeats what was sent
 * @param code the kind of mistake, for programs
 */
public record Violation(String field, String message, ViolationCode code) {

    /** One whose kind has no word of its own. */
    public Violation(String field, String message) {
        this(field, message, ViolationCode.INVALID);
    }
}
