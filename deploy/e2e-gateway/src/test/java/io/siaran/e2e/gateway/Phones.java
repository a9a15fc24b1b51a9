package io.siaran.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.e2e.gateway.GatewayGroup.Device;
import io.siaran.localstack.simulator.Delivery;
import io.siaran.localstack.simulator.SimulatorServer;
import io.siaran.model.Send;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the phones of a test really received. */
final class Phones {

    private final SimulatorServer simulator;

    Phones(SimulatorServer simulator) {
        this.simulator = simulator;
    }

    List<Delivery> of(Device device) {
        return simulator.deliveries().stream()
                .filter(delivery -> delivery.device().equals(device.token()))
                .toList();
    }

    int received(List<Device> devices) {
        return devices.stream().mapToInt(device -> of(device).size()).sum();
    }

    boolean received(Send send) {
        return ids().contains(send.messageId().toString());
    }

    private Set<String> ids() {
        return simulator.deliveries().stream().map(Delivery::refId).collect(Collectors.toSet());
    }

    /** The first half of the promise, over everything that was ever delivered. */
    void hadNothingTwice() {
        assertThat(simulator.deliveries()).extracting(Delivery::refId).doesNotHaveDuplicates();
    }

    /** The other half, for messages whose calls lasted so long: from the end of one call of a device to the start of its next. */
    void hadNoPauseBelow(Duration least, List<Send> sends, Duration call) {
        Set<String> ids =
                sends.stream().map(send -> send.messageId().toString()).collect(Collectors.toSet());
        Map<String, Instant> endOfLast = new HashMap<>();
        for (Delivery delivery : simulator.deliveries()) {
            if (ids.contains(delivery.refId())) {
                Instant end = endOfLast.put(delivery.device(), delivery.at().plus(call));
                assertThat(end == null ? least : Duration.between(end, delivery.at()))
                        .as("pause before %s", delivery)
                        .isGreaterThanOrEqualTo(least);
            }
        }
    }
}
