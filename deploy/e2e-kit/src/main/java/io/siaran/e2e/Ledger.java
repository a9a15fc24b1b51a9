package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The simulated platform as a test sees it: what the phones really received, and its slowness. */
final class Ledger {

    record Delivery(String device, String phone, String text, Instant at) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final String simulatorUrl;

    Ledger(String simulatorUrl) {
        this.simulatorUrl = simulatorUrl;
    }

    /** The deliveries of these devices, in the order in which they happened. */
    List<Delivery> of(Set<String> devices) {
        List<Delivery> deliveries = new ArrayList<>();
        for (JsonNode item : get("/ledger")) {
            if (devices.contains(item.get("device").asText())) {
                deliveries.add(new Delivery(
                        item.get("device").asText(),
                        item.get("phone").asText(),
                        item.get("text").asText(),
                        Instant.parse(item.get("at").asText())));
            }
        }
        return deliveries;
    }

    /**
     * From now on a call of this device stays open for {@code pause} after the phone has the message: whoever is killed
     * meanwhile leaves a message that was delivered and of which nobody on our side was told.
     */
    void holdEveryCallOpen(String device, Duration pause) {
        send(HttpRequest.newBuilder(URI.create(simulatorUrl + "/control/faults"))
                .POST(BodyPublishers.ofString("{\"kind\":\"slow_body\",\"device\":\"%s\",\"delay_ms\":%d}"
                        .formatted(device, pause.toMillis()))));
    }

    /** Whatever was switched on, for whichever device, is over; a call that is open stays so. */
    void holdNoCallOpen() {
        send(HttpRequest.newBuilder(URI.create(simulatorUrl + "/control/faults"))
                .DELETE());
    }

    /** One of the simulator's switches, {@code /control/…}. */
    void tell(String path, String json) {
        String refusal = send(HttpRequest.newBuilder(URI.create(simulatorUrl + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
        assertThat(refusal).isEmpty();
    }

    private JsonNode get(String path) {
        return Crm.tree(send(HttpRequest.newBuilder(URI.create(simulatorUrl + path))))
                .get("items");
    }

    private String send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString()).body();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ending);
        }
    }
}
