package io.siaran.rest;

/**
 * One thing that is wrong with a request.
 *
 * @param field the name as the caller wrote it, with its path: {@code steps[1].trigger_delay_hours}
 * @param message what is expected; never repeats what was sent
 */
public record Violation(String field, String message) {}
