package io.siaran.rest;

import java.util.UUID;
import java.util.regex.Pattern;

/** The id that ties an answer to what the logs say about it. */
final class RequestId {

    /** What may stand in a header and in a line of a log. */
    private static final Pattern TAKEN = Pattern.compile("[\\x21-\\x7E]{1,128}");

    private RequestId() {}

    /** The caller's own when it may be taken, else a new one. */
    static String of(String asked) {
        return asked != null && TAKEN.matcher(asked).matches()
                ? asked
                : UUID.randomUUID().toString();
    }
}
