package io.siaran.gateway.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads what a platform tells by callback. Pure: reading it twice gives the same. */
public interface CallbackReading {

    Verification verification();

    /**
     * What one body tells that was verified; nothing where it tells nothing that we follow.
     *
     * @throws UnreadableCallback when it is no callback of this platform
     */
    Parsed read(String body);

    /**
     * @param events in the order of the body
     * @param passedOver entries of a list that could not be read, and cost the others nothing
     */
    record Parsed(List<CallbackEvent> events, int passedOver) {

        public Parsed {
            events = List.copyOf(events);
        }

        /** Of a body that tells one thing. */
        public static Parsed of(Optional<? extends CallbackEvent> event) {
            return new Parsed(event.<List<CallbackEvent>>map(List::of).orElse(List.of()), 0);
        }

        /**
         * Of a body that lists what it tells.
         *
         * @param reading of an entry, empty where it tells nothing that we follow; throws {@link UnreadableCallback}
         */
        public static Parsed each(Iterable<JsonNode> entries, Function<JsonNode, Optional<CallbackEvent>> reading) {
            List<CallbackEvent> events = new ArrayList<>();
            int passedOver = 0;
            for (JsonNode entry : entries) {
                try {
                    reading.apply(entry).ifPresent(events::add);
                } catch (UnreadableCallback saysNothing) {
                    passedOver++;
                }
            }
            return new Parsed(events, passedOver);
        }

        /** This, where one of so many entries could be read. */
        public Parsed orUnreadable(int entries) {
            if (entries > 0 && passedOver == entries) {
                throw new UnreadableCallback("none of its entries can be read");
            }
            return this;
        }
    }

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
