package io.siaran.gateway;

import static io.restassured.RestAssured.given;

import io.siaran.localstack.TestServers;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the platform's simulator really delivered, and the switches for its faults. */
public final class Simulator {

    private Simulator() {}

    /** The base URL of a Wablas device. */
    public static String wablas() {
        return TestServers.simulatorUrl() + "/wablas";
    }

    public static List<Map<String, Object>> deliveries(String token) {
        return given().queryParam("device", token)
                .get(TestServers.simulatorUrl() + "/ledger")
                .then()
                .statusCode(200)
                .extract()
                .path("items");
    }

    public static List<Instant> times(String token) {
        return deliveries(token).stream()
                .map(delivery -> Instant.parse((String) delivery.get("at")))
                .toList();
    }

    /** From now on that device's platform tells there what becomes of its messages, signed with the secret where it signs. */
    public static void hear(String platform, String token, URI address, String secret) {
        given().contentType("application/json")
                .body(Map.of("platform", platform, "device", token, "url", address.toString(), "secret", secret))
                .post(TestServers.simulatorUrl() + "/control/webhooks")
                .then()
                .statusCode(204);
    }

    /** The kinds of faults that it can be told to show. */
    public static List<String> faults() {
        return given().get(TestServers.simulatorUrl() + "/control/fault-kinds")
                .then()
                .statusCode(200)
                .extract()
                .path("items.kind");
    }

    /** Strikes once, on messages of that device. */
    public static void fault(String token, String kind, Map<String, Object> more) {
        Map<String, Object> fault = new HashMap<>(more);
        fault.put("kind", kind.toLowerCase(Locale.ROOT));
        fault.put("device", token);
        fault.putIfAbsent("count", 1);
        given().contentType("application/json")
                .body(fault)
                .post(TestServers.simulatorUrl() + "/control/faults")
                .then()
                .statusCode(204);
    }

    /** How many calls the faults that are switched on for that device have struck. */
    public static int strikes(String token) {
        List<Map<String, Object>> faults = given().get(TestServers.simulatorUrl() + "/control/faults")
                .then()
                .statusCode(200)
                .extract()
                .path("items");
        return faults.stream()
                .filter(fault -> token.equals(fault.get("device")))
                .mapToInt(fault -> (int) fault.get("strikes"))
                .sum();
    }

    /** Ends what {@link #fault} switched on for that device. */
    public static void heal(String token) {
        List<Map<String, Object>> faults = given().get(TestServers.simulatorUrl() + "/control/faults")
                .then()
                .extract()
                .path("items");
        faults.stream()
                .filter(fault -> token.equals(fault.get("device")))
                .forEach(fault -> given().delete(TestServers.simulatorUrl() + "/control/faults/" + fault.get("id"))
                        .then()
                        .statusCode(204));
    }

    public static void connection(String token, String status) {
        given().contentType("application/json")
                .body(Map.of("status", status))
                .post(TestServers.simulatorUrl() + "/control/devices/" + token)
                .then()
                .statusCode(204);
    }
}
