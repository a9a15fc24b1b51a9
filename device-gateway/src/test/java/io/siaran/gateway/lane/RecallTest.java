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
import io.siaran.model.Recall;
import io.siaran.model.ReturnReason;
import io.siaran.model.Send;
import io.siaran.model.Topic;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A recall before, while and after its try is sent. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class RecallTest extends LaneScene {

    @Test
    void a_recall_before_the_send_gives_it_back_and_nothing_goes_out() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        Send send = Cast.send(merah, Cast.message(), Cast.ANI);

        // When
        topics.send(Topic.DEVICE_SENDS, merah.id(), recall(send));
        assertThat(reasons(merah, 1)).containsExactly(ReturnReason.RECALLED);
        topics.send(Topic.DEVICE_SENDS, merah.id(), send);

        // Then
        assertThat(reasons(merah, 2)).containsOnly(ReturnReason.RECALLED);
        assertThat(Simulator.deliveries(merah.token())).isEmpty();
    }

    @Test
    void a_recall_of_a_send_that_waits_gives_it_back_at_once() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, Cast.message(), Cast.ANI));
        events(merah, 1);
        Send waiting = Cast.send(merah, Cast.message(), Cast.BUDI, 1, null, 60);
        topics.send(Topic.DEVICE_SENDS, merah.id(), waiting);

        // When
        topics.send(Topic.DEVICE_SENDS, merah.id(), recall(waiting));

        // Then
        assertThat(events(merah, 2).get(1)).isInstanceOf(DeliveryEvent.Returned.class);
        assertThat(Simulator.deliveries(merah.token())).hasSize(1);
    }

    @Test
    void a_recall_of_a_sent_message_tells_that_it_was_sent() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        Send send = Cast.send(merah, Cast.message(), Cast.ANI);
        topics.send(Topic.DEVICE_SENDS, merah.id(), send);
        events(merah, 1);

        // When
        topics.send(Topic.DEVICE_SENDS, merah.id(), recall(send));

        // Then
        assertThat(events(merah, 2)).allMatch(DeliveryEvent.Accepted.class::isInstance);
    }

    @Test
    void a_recall_that_races_the_turn_ends_in_exactly_one_of_sent_and_returned() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        List<Send> sends = Stream.generate(() -> Cast.send(merah, Cast.message(), Cast.ANI))
                .limit(60)
                .toList();

        // When
        for (Send send : sends) {
            topics.send(Topic.DEVICE_SENDS, merah.id(), send);
            topics.send(Topic.DEVICE_SENDS, merah.id(), recall(send));
        }

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(events(merah).stream()
                                .map(DeliveryEvent::messageId)
                                .distinct())
                        .hasSize(sends.size()));
        List<Object> delivered = Simulator.deliveries(merah.token()).stream()
                .map(delivery -> delivery.get("ref_id"))
                .toList();
        assertThat(delivered).doesNotHaveDuplicates();
        for (Send send : sends) {
            List<? extends Class<?>> outcomes = events(merah).stream()
                    .filter(event -> event.messageId().equals(send.messageId()))
                    .map(Object::getClass)
                    .distinct()
                    .toList();
            boolean sent = delivered.contains(send.messageId().toString());
            assertThat(outcomes).isEqualTo(List.of(sent ? DeliveryEvent.Accepted.class : DeliveryEvent.Returned.class));
        }
    }

    private static Recall recall(Send send) {
        return new Recall(send.messageId(), send.tryNo(), send.userId(), send.deviceId());
    }
}
