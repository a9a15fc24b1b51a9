package io.siaran.dispatch.message;

/** Whether a message may do what an operator decided. */
public sealed interface Ruling {

    /** It may, and that is to be written. */
    record Granted(MessageChange change) implements Ruling {}

    /**
     * It may not.
     *
     * @param code the reason in a word: a status, a reason that messages end with, or one of the words of {@link Decision}
     * @param because the reason in words for the operator
     */
    record Refused(String code, String because) implements Ruling {}
}
