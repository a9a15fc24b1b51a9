package io.siaran.dispatch.message;

/** Whether a message may do what a person decided. */
public sealed interface Ruling {

    /** It may, and that is to be written. */
    record Granted(Settlement settlement) implements Ruling {}

    /** It may not, and that is why, in words for that person. */
    record Refused(String because) implements Ruling {}
}
