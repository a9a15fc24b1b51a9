package io.siaran.gateway.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Simulator;
import io.siaran.gateway.Topics;
import io.siaran.gateway.scene.GatewayScene;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.MessageId;
import io.siaran.model.Send;
import io.siaran.model.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From Kafka to the phone and back to Kafka. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class SendingTest extends GatewayScene {

    @Test
    void a_send_reaches_the_phone_once_and_is_told_as_accepted() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        MessageId message = Cast.message();

        // When
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, message, Cast.ANI));

        // Then
        DeliveryEvent event = events(merah, 1).getFirst();
        assertThat(event).isInstanceOfSatisfying(DeliveryEvent.Accepted.class, accepted -> {
            assertThat(accepted.messageId()).isEqualTo(message);
            assertThat(accepted.tryNo()).isEqualTo(1);
            assertThat(accepted.userId()).isEqualTo(Cast.SINAR);
            assertThat(accepted.sentText()).isEqualTo(Cast.TEXT);
            assertThat(accepted.providerMessageId()).isNotBlank();
            assertThat(accepted.at())
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        });
        assertThat(Simulator.deliveries(merah.token())).singleElement().satisfies(delivery -> {
            assertThat(delivery).containsEntry("phone", Cast.ANI.digits());
            assertThat(delivery).containsEntry("text", Cast.TEXT);
            assertThat(delivery).containsEntry("ref_id", message.toString());
        });
    }

    @Test
    void a_redelivered_send_is_not_sent_again_but_told_again() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        Send send = Cast.send(merah, Cast.message(), Cast.ANI);
        topics.send(Topic.DEVICE_SENDS, merah.id(), send);
        events(merah, 1);

        // When
        topics.send(Topic.DEVICE_SENDS, merah.id(), send);

        // Then
        List<DeliveryEvent> told = events(merah, 2);
        assertThat(told.get(1)).isEqualTo(told.get(0));
        assertThat(Simulator.deliveries(merah.token())).hasSize(1);
    }

    @Test
    void a_second_try_sends_nothing_while_the_first_may_have_gone_out() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        MessageId message = Cast.message();
        Simulator.fault(merah.token(), "GATEWAY_TIMEOUT", Map.of());
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, message, Cast.ANI));
        assertThat(events(merah, 1).getFirst()).isInstanceOf(DeliveryEvent.Unknown.class);

        // When
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, message, Cast.ANI, 2, null, 0));

        // Then
        assertThat(events(merah, 2).get(1))
                .isInstanceOfSatisfying(
                        DeliveryEvent.Unknown.class,
                        unknown -> assertThat(unknown.tryNo()).isEqualTo(1));
        assertThat(Simulator.deliveries(merah.token())).hasSize(1);
    }

    @Test
    void a_knowing_resend_waives_the_unknown_try_and_goes_out() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        MessageId message = Cast.message();
        Simulator.fault(merah.token(), "RESET", Map.of("delivered", false));
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, message, Cast.ANI));
        assertThat(events(merah, 1).getFirst()).isInstanceOf(DeliveryEvent.Unknown.class);

        // When
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, message, Cast.ANI, 2, 1, 0));

        // Then
        assertThat(events(merah, 2).get(1))
                .isInstanceOfSatisfying(
                        DeliveryEvent.Accepted.class,
                        accepted -> assertThat(accepted.tryNo()).isEqualTo(2));
        assertThat(Simulator.deliveries(merah.token())).hasSize(1);
    }

    @Test
    void a_device_is_silent_for_its_delay_after_each_message() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");

        // When
        for (int i = 0; i < 4; i++) {
            topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, Cast.message(), Cast.ANI, 1, null, 1));
        }

        // Then
        events(merah, 4);
        List<Instant> times = Simulator.times(merah.token());
        assertThat(times).hasSize(4);
        for (int i = 1; i < times.size(); i++) {
            Duration gap = Duration.between(times.get(i - 1), times.get(i));
            assertThat(gap).isBetween(Duration.ofMillis(1_000), Duration.ofMillis(1_500));
        }
    }

    @Test
    void a_slow_device_does_not_hold_up_another() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        Registered biru = Cast.onlineDevice(Cast.SINAR, "biru");
        Simulator.fault(merah.token(), "SLOW_BODY", Map.of("delay_ms", 3_000));

        // When
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, Cast.message(), Cast.ANI));
        topics.send(Topic.DEVICE_SENDS, biru.id(), Cast.send(biru, Cast.message(), Cast.BUDI));

        // Then
        assertThat(events(biru, 1).getFirst()).isInstanceOf(DeliveryEvent.Accepted.class);
        assertThat(events(merah)).isEmpty();
        assertThat(events(merah, 1).getFirst()).isInstanceOf(DeliveryEvent.Accepted.class);
    }

    @Test
    void a_record_that_cannot_be_read_does_not_hold_up_the_next() throws Exception {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");

        // When
        topics.send(Topic.DEVICE_SENDS, merah.id().toString(), "{\"record\":\"send\",\"try_no\":0}");
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, Cast.message(), Cast.ANI));

        // Then
        assertThat(events(merah, 1).getFirst()).isInstanceOf(DeliveryEvent.Accepted.class);
        try (Topics deadLetters = new Topics(kafka, Topic.DEVICE_SENDS.deadLetters())) {
            await().atMost(PATIENCE)
                    .until(() -> deadLetters.keys().contains(merah.id().toString()));
        }
    }
}
