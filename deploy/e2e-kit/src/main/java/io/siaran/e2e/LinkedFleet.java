package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Devices of WhatsApp Web, each linked to a phone of the fake as a person does it, and what people write to them. */
final class LinkedFleet {

    private final Crm crm;
    private final Bridges bridges;
    private final Map<String, UUID> devices = new LinkedHashMap<>();
    private final Map<String, String> said = new ConcurrentHashMap<>();

    /** @param prefix of the phones: one that is linked to a device is nobody else's */
    LinkedFleet(Crm crm, Bridges bridges, String prefix, int size) {
        this.crm = crm;
        this.bridges = bridges;
        for (int i = 0; i < size; i++) {
            devices.put("%s%05d".formatted(prefix, i), register("linked-" + i));
        }
        linkAll();
    }

    /** All at once: each waits for a code, and then for its phone. */
    private void linkAll() {
        CompletableFuture.allOf(devices.entrySet().stream()
                        .map(each -> CompletableFuture.runAsync(
                                () -> link(each.getKey(), each.getValue()), Thread::startVirtualThread))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    /** By their phones. */
    Map<String, UUID> devices() {
        return devices;
    }

    /** What people wrote, by its text: from whom, to which device. */
    Map<String, String> said() {
        return said;
    }

    /** A person writes to the device with that phone, once this text. */
    void says(String from, String phone, String text) {
        bridges.say(from, phone, text);
        said.put(text, from + " " + devices.get(phone));
    }

    private UUID register(String name) {
        JsonNode device = post(
                "/devices", Map.of("name", name, "platform", "", "min_delay_seconds", 1, "max_delay_seconds", 2), 201);
        return UUID.fromString(device.get("id").asText());
    }

    /** A person scans the code of the device with that phone. */
    void link(String phone, UUID device) {
        Set<String> scanned = new HashSet<>();
        // A code that is renewed just then is not valid any more: the next one is scanned.
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(200))
                .ignoreException(IllegalStateException.class)
                .until(() -> {
                    JsonNode link = post("/devices/" + device + "/connect", Map.of(), 200);
                    String qr = link.path("qr").asText();
                    if (link.get("state").asText().equals("scan") && scanned.add(qr)) {
                        bridges.scan(qr, phone);
                    }
                    return link.get("state").asText().equals("linked");
                });
    }

    private JsonNode post(String path, Map<String, Object> body, int status) {
        HttpResponse<String> answer = crm.exchange("POST", path, Crm.json(body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return Crm.tree(answer.body());
    }
}
