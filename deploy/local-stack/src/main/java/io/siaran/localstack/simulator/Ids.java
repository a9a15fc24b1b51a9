package io.siaran.localstack.simulator;

import java.util.Locale;
import java.util.UUID;

/** Ids as platforms make them. */
final class Ids {

    private Ids() {}

    /** An id of WhatsApp itself. */
    static String whatsapp() {
        return "3EB0"
                + UUID.randomUUID().toString().replace("-", "").substring(0, 18).toUpperCase(Locale.ROOT);
    }

    static String uuid() {
        return UUID.randomUUID().toString();
    }

    /** A number, as a database counts. */
    static long counted() {
        return UUID.randomUUID().getMostSignificantBits() >>> 12;
    }
}
