package io.siaran.dispatch.webhook;

/**
 * What one attempt came to.
 *
 * @param code the status of the answer, or null: there was none
 * @param millis how long it took
 * @param answer the first kilobyte of the answer, or null
 * @param error why there was no answer, in a word or two, or null
 */
record Attempt(Integer code, int millis, String answer, String error) {

    /** The error of an attempt that never came to the receiver, and says nothing about it. */
    static final String NOT_TRIED = "not tried: too many names to look up";

    private static final int GONE = 410;

    /** Whether the receiver took the event. */
    boolean arrived() {
        return code != null && code >= 200 && code < 300;
    }

    /** Whether the receiver wants nothing more. */
    boolean isGone() {
        return code != null && code == GONE;
    }

    /** Whether it speaks against the receiver. */
    boolean failed() {
        return !arrived() && !NOT_TRIED.equals(error);
    }
}
