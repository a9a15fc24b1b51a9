package io.siaran.gateway.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Simulator;
import io.siaran.gateway.scene.GatewayScene;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.MessageId;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/** What happens to lanes whose partition goes to another instance and comes back. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class LaneOwnershipTest extends GatewayScene {

    private static final int SENDS = 8;
    private static final Duration CALL = Duration.ofMillis(400);

    @Test
    void lanes_of_a_partition_that_another_instance_takes_are_silent_until_it_comes_back_and_nothing_is_sent_twice() {
        // Given
        List<Registered> devices =
                Cast.onlineDevices(Collections.nCopies(12, Cast.SINAR).toArray(UserId[]::new));
        for (Registered device : devices) {
            Simulator.fault(device.token(), "SLOW_BODY", Map.of("delay_ms", CALL.toMillis(), "count", SENDS));
            for (int i = 0; i < SENDS; i++) {
                topics.send(Topic.DEVICE_SENDS, device.id(), Cast.send(device, Cast.message(), Cast.ANI, 1, null, 1));
            }
        }

        // When
        List<Registered> taken;
        Map<Registered, Integer> before;
        Map<Registered, Integer> after;
        try (KafkaConsumer<String, String> stranger = joinGroup()) {
            Set<String> keys = keys(stranger);
            taken = devices.stream()
                    .filter(device -> keys.contains(device.id().toString()))
                    .toList();
            letPass(CALL.multipliedBy(2));
            before = delivered(taken);
            letPass(Duration.ofSeconds(3));
            after = delivered(taken);
        }

        // Then
        assertThat(before.values()).isNotEmpty().anyMatch(count -> count < SENDS);
        assertThat(after).isEqualTo(before);
        for (Registered device : devices) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(sent(device)).hasSize(SENDS));
        }
        assertThat(delivered(devices).values()).containsOnly(SENDS);
    }

    private static void letPass(Duration time) {
        await().pollDelay(time).until(() -> true);
    }

    private static Map<Registered, Integer> delivered(List<Registered> devices) {
        return devices.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        device -> Simulator.deliveries(device.token()).size()));
    }

    /** Of all records in what is now the stranger's. */
    private static Set<String> keys(KafkaConsumer<String, String> stranger) {
        Set<String> keys = new HashSet<>();
        stranger.seekToBeginning(stranger.assignment());
        // To the end: what other tests have left there fills the first answers.
        await().atMost(PATIENCE).pollInSameThread().until(() -> {
            stranger.poll(Duration.ofMillis(500)).forEach(record -> keys.add(record.key()));
            return stranger.endOffsets(stranger.assignment()).entrySet().stream()
                    .allMatch(end -> stranger.position(end.getKey()) >= end.getValue());
        });
        return keys;
    }

    /** A member of the gateway's group that owns some partitions, reads them and commits nothing. */
    private KafkaConsumer<String, String> joinGroup() {
        KafkaConsumer<String, String> stranger = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka,
                        "group.id",
                        "gateway-sends",
                        "enable.auto.commit",
                        "false",
                        "heartbeat.interval.ms",
                        "300",
                        "partition.assignment.strategy",
                        CooperativeStickyAssignor.class.getName()),
                new StringDeserializer(),
                new StringDeserializer());
        stranger.subscribe(List.of(Topic.DEVICE_SENDS.topicName()));
        await().atMost(Duration.ofSeconds(30)).pollInSameThread().until(() -> {
            stranger.poll(Duration.ofMillis(100));
            return !stranger.assignment().isEmpty();
        });
        return stranger;
    }

    private List<MessageId> sent(Registered device) {
        return events(device).stream()
                .filter(DeliveryEvent.Accepted.class::isInstance)
                .map(DeliveryEvent::messageId)
                .distinct()
                .toList();
    }
}
