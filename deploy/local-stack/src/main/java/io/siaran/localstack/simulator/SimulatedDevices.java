package io.siaran.localstack.simulator;

import io.siaran.model.Wire;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The devices that the platforms know, by token. */
final class SimulatedDevices {

    /** How a device stands with its platform. */
    enum Status implements Wire {
        CONNECTED,
        DISCONNECTED,
        /** Also what a token is that nobody ever registered. */
        EXPIRED
    }

    /** Such tokens are connected devices without further ado, so that a fleet needs no registration. */
    private static final String BORN_CONNECTED = "sim-";

    private final Map<String, Status> known = new ConcurrentHashMap<>();

    Status status(String token) {
        return known.getOrDefault(token, token.startsWith(BORN_CONNECTED) ? Status.CONNECTED : Status.EXPIRED);
    }

    void set(String token, Status status) {
        known.put(token, status);
    }
}
