package io.siaran.rest;

import io.siaran.model.WireEnum;

/** What is wrong with one field, as a stable word for programs; {@code docs/problems.md} explains each to people. */
public enum ViolationCode implements WireEnum {
    REQUIRED,
    UNKNOWN_FIELD,
    DUPLICATE_FIELD,
    WRONG_TYPE,
    TOO_LONG,
    TOO_SHORT,
    TOO_MANY,
    OUT_OF_RANGE,
    NOT_ONE_OF,
    INVALID,
    INVALID_PHONE,
    /** A text with characters that are never stored: U+0000, half a surrogate pair, control characters. */
    NOT_STORABLE,
    READ_ONLY,
    /** Each field is right by itself, and together they are not. */
    CONTRADICTION,
    /** The text of a message cannot be expanded. */
    TEMPLATE
}
