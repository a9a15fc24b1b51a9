package io.siaran.gateway.provider.whatsappweb.bridge;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Which process of the bridge has which session, as far as it was asked; the processes themselves know best. */
final class BridgePlaces {

    /** Some times the devices of the largest installation; beyond it everything is asked again. */
    private static final int MOST = 20_000;

    private final Map<String, String> addresses = new ConcurrentHashMap<>();

    /** The process of that session, asked for where it is not known; empty where there is none. */
    Optional<String> of(String session, Supplier<Optional<String>> ask) {
        String known = addresses.get(session);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<String> found = ask.get();
        found.ifPresent(address -> moved(session, address));
        return found;
    }

    void moved(String session, String address) {
        if (addresses.size() >= MOST) {
            addresses.clear();
        }
        addresses.put(session, address);
    }

    /** To be asked again: its process did not answer, or has it no more. */
    void forget(String session) {
        addresses.remove(session);
    }
}
