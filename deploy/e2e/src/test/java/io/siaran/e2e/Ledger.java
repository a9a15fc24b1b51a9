package io.siaran.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the phones really received, as the simulator noted it. */
final class Ledger {

    record Delivery(String device, String phone, String text, Instant at) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI uri;

    Ledger(String simulatorUrl) {
        uri = URI.create(simulatorUrl + "/ledger");
    }

    /** The deliveries of these devices, in the order in which they happened. */
    List<Delivery> of(Set<String> devices) {
        List<Delivery> deliveries = new ArrayList<>();
        for (JsonNode item : read().get("items")) {
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

    private JsonNode read() {
        try {
            return Crm.tree(http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ending);
        }
    }
}
