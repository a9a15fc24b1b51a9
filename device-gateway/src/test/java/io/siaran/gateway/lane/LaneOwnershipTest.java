package io.siaran.gateway.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Simulator;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.MessageId;
import io.siaran.model.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/** What happens to lanes whose partition goes to another instance and comes back. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class LaneOwnershipTest extends LaneScene {

    @Test
    void what_another_instance_took_and_left_undone_is_sent_once_when_its_partition_comes_back() {
        // Given
        List<Registered> devices = Stream.generate(() -> Cast.device(Cast.SINAR, "merah"))
                .limit(12)
                .toList();
        devices.forEach(device -> Cast.awaitStatus(device, "online"));

        // When
        try (KafkaConsumer<String, String> stranger = joinGroup()) {
            for (Registered device : devices) {
                for (int i = 0; i < 3; i++) {
                    topics.send(
                            Topic.DEVICE_SENDS, device.id(), Cast.send(device, Cast.message(), Cast.ANI, 1, null, 1));
                }
            }
            stranger.poll(Duration.ofSeconds(1));
        }

        // Then
        for (Registered device : devices) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(sent(device)).hasSize(3));
            assertThat(Simulator.deliveries(device.token())).hasSize(3);
        }
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
