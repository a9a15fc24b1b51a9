package io.siaran.gateway.provider;

import java.util.List;
import java.util.Optional;

/** Reads what a platform tells by callback. Pure: reading it twice gives the same. */
public interface CallbackReading {

    Verification verification();

    /**
     * The events of one body that was verified, in its order; empty where it tells nothing that we follow.
     *
     * @throws UnreadableCallback when it is no callback of this platform
     */
    List<CallbackEvent> read(String body);

    /** How to know that a callback is the platform's. */
    sealed interface Verification {

        /** By nothing but the secret in the path that only the platform was told. */
        record SecretPath() implements Verification {}

        /**
         * By a signature over the raw body, keyed with the secret that the platform was told; the secret path holds as well.
         *
         * @param algorithm of {@link javax.crypto.Mac}, e.g. {@code HmacSHA256}
         * @param header that carries the signature in hexadecimal digits
         * @param prefix of the header's value before the digits
         * @param timestampHeader where it is given, its value and a dot are signed before the body
         */
        record Signature(String algorithm, String header, String prefix, Optional<String> timestampHeader)
                implements Verification {}
    }

    /** A body that says nothing: hostile, truncated, or of a version that we do not know. */
    final class UnreadableCallback extends RuntimeException {

        private static final long serialVersionUID = 1L;

        /** @param why never with the body's words */
        public UnreadableCallback(String why) {
            super(why, null, false, false);
        }
    }
}
