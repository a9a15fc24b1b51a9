package io.siaran.gateway.scene;

import static io.restassured.RestAssured.given;

import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeviceId;
import io.siaran.model.UserId;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Devices of the platforms that have a simulator, as {@link Cast} has those of Wablas. */
public final class PlatformDevices {

    public static final List<String> ALL = List.of("wablas", "whacenter", "gowa", "waha", "evolution");

    private PlatformDevices() {}

    /**
     * Registered with a simulator; its token is what the ledger and the faults call it. The bridge has none: whoever needs it
     * plays it.
     *
     * @param more what else its owner decides
     */
    public static Registered device(UserId user, String platform, Map<String, Object> more) {
        String token = "sim-" + platform + "-" + UUID.randomUUID();
        Map<String, Object> body = new HashMap<>(more);
        body.put("name", "merah");
        if (platform.equals("bridge")) {
            body.put("platform", "");
            return registered(user, body, token);
        }
        body.putIfAbsent("base_url", TestServers.simulatorUrl() + "/" + platform);
        boolean isWeb = !List.of("wablas", "whacenter").contains(platform);
        body.put("platform", isWeb ? "" : platform);
        body.put("credential", isWeb ? "sim-user:key" : token);
        if (isWeb) {
            body.put("engine", platform);
            body.putIfAbsent("session", token);
        }
        return registered(user, body, token);
    }

    private static Registered registered(UserId user, Map<String, Object> body, String token) {
        String id = Cast.as(user, "operator")
                .body(body)
                .post("/api/v1/devices")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        return new Registered(DeviceId.of(id), user, token);
    }

    /** So many, all online. */
    public static List<Registered> online(UserId user, String platform, int count) {
        return online(user, Collections.nCopies(count, platform));
    }

    /** One of each of these platforms, in their order, all checked at once and online. */
    public static List<Registered> online(UserId user, List<String> platforms) {
        List<Registered> devices = platforms.stream()
                .map(platform -> device(user, platform, Map.of()))
                .toList();
        devices.forEach(device -> Cast.awaitStatus(device, "online"));
        return devices;
    }

    /** Says whether that phone is on WhatsApp, for every simulator. */
    public static void onWhatsApp(String phone, boolean there) {
        given().contentType("application/json")
                .body(Map.of("on_whatsapp", there))
                .post(TestServers.simulatorUrl() + "/control/phones/" + phone)
                .then()
                .statusCode(204);
    }
}
