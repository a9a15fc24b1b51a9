package io.siaran.localstack.simulator;

import io.siaran.localstack.simulator.SimulatedDevices.Status;
import io.siaran.model.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the servers of WhatsApp Web have in common: a key for all of them, sessions by name, chats that can be looked up. */
final class WebSession {

    /** Keys that begin so are right, so that a fleet needs no registration. */
    private static final String RIGHT_KEY = "sim-";

    private final SimulatedDevices devices;
    private final Ledger ledger;
    private final Numbers numbers;
    private final Faults faults;

    WebSession(SimulatedDevices devices, Ledger ledger, Numbers numbers, Faults faults) {
        this.devices = devices;
        this.ledger = ledger;
        this.numbers = numbers;
        this.faults = faults;
    }

    static boolean isRight(String key) {
        return key != null && key.startsWith(RIGHT_KEY);
    }

    Status status(String session) {
        return devices.status(session);
    }

    /** A session that a person has to link. */
    void created(String session) {
        devices.set(session, Status.DISCONNECTED);
    }

    void loggedOut(String session) {
        devices.set(session, Status.DISCONNECTED);
    }

    /** What the code to scan says; empty where none is shown, or not yet. */
    Optional<String> code(String session) {
        return devices.status(session) != Status.DISCONNECTED || faults.hidesCode(session)
                ? Optional.empty()
                : Optional.of("2@" + session);
    }

    boolean isOnWhatsApp(String phone) {
        return numbers.isOnWhatsApp(phone);
    }

    Numbers numbers() {
        return numbers;
    }

    /** What that session sent to that person, newest first. */
    List<JsonObject> chat(String platform, String session, String phone, Function<Delivery, JsonObject> entry) {
        String digits = Numbers.digits(phone);
        return ledger
                .matching(delivery -> delivery.platform().equals(platform)
                        && delivery.device().equals(session)
                        && Numbers.digits(delivery.phone()).equals(digits))
                .reversed()
                .stream()
                .map(entry)
                .toList();
    }

    /** By a mapper of its own: within a service's test, that of Vert.x is the service's, which refuses what a platform takes. */
    static JsonObject body(RoutingContext ctx) {
        String body = ctx.body().asString();
        return new JsonObject(body == null || body.isBlank() ? new LinkedHashMap<>() : object(body));
    }

    @SuppressWarnings("unchecked") // an object of JSON has texts as names
    private static Map<String, Object> object(String json) {
        return Json.read(json, Map.class);
    }
}
