package io.siaran.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The four devices of the demo's user: three as fast as they can, and one at a human pace. */
record Fleet(List<Device> devices) {

    /** @param token its credential at the simulated platform, new for every demo: one number is one device */
    record Device(String id, String name, String token, boolean slow) {}

    private static final List<String> NAMES = List.of("Merah", "Biru", "Hijau", "Perlahan");
    private static final Duration ONLINE_LIMIT = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    static Fleet register(Api api, String simulatorUrl, String run) {
        return new Fleet(NAMES.stream()
                .map(name -> register(api, simulatorUrl, run, name))
                .toList());
    }

    private static Device register(Api api, String simulatorUrl, String run, String name) {
        boolean slow = name.equals("Perlahan");
        String token = "sim-%s-%s".formatted(run, name.toLowerCase(Locale.ROOT));
        JsonNode answer = api.post(
                "/devices",
                Map.of(
                        "name",
                        name,
                        "platform",
                        "wablas",
                        "credential",
                        token,
                        "base_url",
                        simulatorUrl + "/wablas",
                        "min_delay_seconds",
                        slow ? 2 : 0,
                        "max_delay_seconds",
                        slow ? 4 : 0));
        String id = answer.get("id").asText();
        hear(api, simulatorUrl, id, token);
        return new Device(id, name, token, slow);
    }

    /** Tells the simulated platform where to call, as a person does on the platform's page. */
    private static void hear(Api api, String simulatorUrl, String id, String token) {
        String address =
                api.get("/devices/" + id + "/callback").get("callback_url").asText();
        api.tell(simulatorUrl + "/control/webhooks", Map.of("platform", "wablas", "device", token, "url", address));
    }

    /** Returns when every device is online. */
    void awaitOnline(Api api) throws InterruptedException {
        Instant last = Instant.now().plus(ONLINE_LIMIT);
        while (!devices.stream().allMatch(device -> isOnline(api, device))) {
            if (Instant.now().isAfter(last)) {
                throw new DemoFailed("The devices are not online after " + ONLINE_LIMIT.toSeconds() + " s.");
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    private static boolean isOnline(Api api, Device device) {
        return api.get("/devices/" + device.id()).path("status").asText().equals("online");
    }
}
