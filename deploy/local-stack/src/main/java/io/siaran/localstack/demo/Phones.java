package io.siaran.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the simulated phones received from the demo's fleet: the simulator's ledger. */
final class Phones {

    private record Received(String device, String phone, String text) {

        static Received of(JsonNode delivery) {
            return new Received(
                    delivery.get("device").asText(),
                    delivery.get("phone").asText(),
                    delivery.get("text").asText());
        }
    }

    private final List<Received> received = new ArrayList<>();
    private final Fleet fleet;

    private Phones(Fleet fleet) {
        this.fleet = fleet;
    }

    static Phones read(Api api, String simulatorUrl, Fleet fleet) {
        Phones phones = new Phones(fleet);
        for (Fleet.Device device : fleet.devices()) {
            api.fetch(simulatorUrl + "/ledger?device=" + device.token())
                    .get("items")
                    .forEach(delivery -> phones.received.add(Received.of(delivery)));
        }
        return phones;
    }

    /** One text of each device, as its reader sees it. */
    void showSamples(PrintStream out) {
        for (Fleet.Device device : fleet.devices()) {
            received.stream()
                    .filter(each -> each.device().equals(device.token()))
                    .reduce((_, later) -> later)
                    .ifPresent(sample -> {
                        out.printf("  %s to %s:%n", device.name(), sample.phone());
                        out.println(sample.text().indent(6).stripTrailing());
                    });
        }
    }

    /**
     * What arrived, against how many messages each phone should have.
     *
     * @param delivered messages that should have arrived and did
     * @param doubled messages beyond those: it must be 0
     */
    record Verdict(long delivered, long doubled) {}

    Verdict compare(Map<String, Long> expectedByPhone) {
        Map<String, Long> arrived =
                received.stream().collect(Collectors.groupingBy(Received::phone, Collectors.counting()));
        long delivered = expectedByPhone.entrySet().stream()
                .mapToLong(phone -> Math.min(phone.getValue(), arrived.getOrDefault(phone.getKey(), 0L)))
                .sum();
        return new Verdict(delivered, received.size() - delivered);
    }
}
