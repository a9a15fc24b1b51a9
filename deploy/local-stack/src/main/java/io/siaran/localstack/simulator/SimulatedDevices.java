package io.siaran.localstack.simulator;

import io.siaran.model.WireEnum;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The devices that the platforms know, by token. */
final class SimulatedDevices {

    /** How a device stands with its platform. */
    enum Status implements WireEnum {
        CONNECTED,
        DISCONNECTED,
        /** Also what a token is that nobody ever registered. */
        EXPIRED
    }

    /** Such tokens are connected devices without further ado, so that a fleet needs no registration. */
    private static final String BORN_CONNECTED = "sim-";

    /** As many of the devices that nobody set are remembered for the list. */
    private static final int MOST_SEEN = 500;

    /** A device with its state, for the list. */
    record Known(String token, Status status) {}

    private final Map<String, Status> known = new ConcurrentHashMap<>();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    Status status(String token) {
        if (seen.size() < MOST_SEEN && !token.isEmpty()) {
            seen.add(token);
        }
        return current(token);
    }

    private Status current(String token) {
        return known.getOrDefault(token, token.startsWith(BORN_CONNECTED) ? Status.CONNECTED : Status.EXPIRED);
    }

    /** The devices that spoke or were set. */
    List<Known> known() {
        return Stream.concat(known.keySet().stream(), seen.stream())
                .distinct()
                .sorted()
                .limit(MOST_SEEN)
                .map(token -> new Known(token, current(token)))
                .toList();
    }

    void set(String token, Status status) {
        known.put(token, status);
    }
}
