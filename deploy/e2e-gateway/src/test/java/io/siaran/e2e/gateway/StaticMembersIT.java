package io.siaran.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.siaran.e2e.gateway.GatewayGroup.Device;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.Send;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Gateways that keep their names, as the pods of the chart's StatefulSet do: a restart moves no device. */
class StaticMembersIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final String FIRST = "toko-siaran-gateway-0";
    private static final String SECOND = "toko-siaran-gateway-1";

    private GatewayGroup group;
    private Dispatch dispatch;
    private Phones phones;

    @BeforeEach
    void open() {
        group = new GatewayGroup();
        dispatch = new Dispatch(group.kafka());
        phones = new Phones(group.simulator());
    }

    @AfterEach
    void close() throws Exception {
        dispatch.close();
        group.close();
    }

    @Test
    void a_member_that_restarts_within_its_session_time_gives_no_device_away_and_nothing_is_doubled() throws Exception {
        // Given
        GatewayProcess stays = group.join(FIRST);
        GatewayProcess restarts = group.join(SECOND);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(group.partitions())
                        .containsOnlyKeys(FIRST, SECOND)
                        .allSatisfy((_, partitions) -> assertThat(partitions).isNotEmpty()));
        Duration call = Duration.ofMillis(200);
        List<Send> sends = new ArrayList<>();
        List<Device> devices = new ArrayList<>();
        for (int number = 0; number < 8; number++) {
            Device device = group.device(stays, "merah");
            group.holdEveryCallOpen(device, call);
            devices.add(device);
        }
        for (Device device : devices) {
            sends.addAll(dispatch.release(device, 25, 1));
        }
        await().atMost(PATIENCE).until(() -> phones.received(devices) >= 16);
        Map<String, Set<Integer>> before = group.partitions();
        double rebalances = stays.rebalances();

        // When
        group.end(restarts);
        Map<String, Set<Integer>> meanwhile = group.partitions();
        group.join(SECOND);

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(dispatch.lastWords(sends)).hasSameSizeAs(sends));
        assertThat(meanwhile).isEqualTo(before);
        assertThat(group.partitions()).isEqualTo(before);
        assertThat(stays.rebalances()).as("given partitions anew").isEqualTo(rebalances);
        assertThat(dispatch.lastWords(sends).values())
                .allSatisfy(last -> assertThat(last).isInstanceOf(DeliveryEvent.Accepted.class));
        assertThat(phones.received(devices)).isEqualTo(sends.size());
        phones.hadNothingTwice();
        phones.hadNoPauseBelow(PAUSE, sends, call);
    }
}
