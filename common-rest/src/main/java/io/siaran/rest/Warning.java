package io.siaran.rest;

/**
 * Something that was saved and is doubtful.
 *
 * @param code the kind of doubt, for programs
 * @param field the name as the caller wrote it, with its path
 * @param message what will or may happen
 */
public record Warning(WarningCode code, String field, String message) {}
