package io.siaran.gateway.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Simulator;
import io.siaran.gateway.device.ConnectedDevices;
import io.siaran.gateway.journal.Journal;
import io.siaran.gateway.provider.Providers;
import io.siaran.gateway.scene.GatewayScene;
import io.siaran.gateway.turn.Turn;
import io.siaran.gateway.turn.TurnEnd;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.Recall;
import io.siaran.model.ReturnReason;
import io.siaran.model.Send;
import io.siaran.model.Topic;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A recall before, while and after its try is sent. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class RecallTest extends GatewayScene {

    private static final TakenRecord UNTOLD = new TakenRecord() {
        @Override
        public void settled() {}

        @Override
        public void dropped() {}
    };

    @Inject
    Journal journal;

    @Inject
    ConnectedDevices devices;

    @Inject
    Providers providers;

    @Inject
    LaneConfig config;

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

    @Test
    void a_recall_takes_back_a_beginning_that_was_given_up_as_lost_and_shows_after_all() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        Send send = Cast.send(merah, Cast.message(), Cast.ANI);
        Semaphore begun = new Semaphore(0);
        Turn lost = new Turn(null, null, null, null, null, null) {
            @Override
            public TurnEnd take(Send taken, UUID turn) {
                database.run(
                        "INSERT INTO send_journal (message_id, try_no, device_id, user_id, state, turn, started_at,"
                                + " call_deadline, sent_text) VALUES ($1, 1, $2, $3, 'started', $4, now(),"
                                + " now() + interval '1 minute', 'x')",
                        taken.messageId().value(),
                        taken.deviceId().value(),
                        taken.userId().value(),
                        turn);
                begun.release();
                return new TurnEnd.TryAgain(Duration.ofHours(1));
            }
        };
        Lanes lanes = new Lanes(lost, journal, devices, providers, config, new SimpleMeterRegistry());
        lanes.add(0, send, UNTOLD);
        begun.acquireUninterruptibly();

        // When
        await().pollDelay(Duration.ofMillis(200)).until(() -> true);
        lanes.recall(recall(send), UNTOLD);

        // Then
        assertThat(reasons(merah, 1)).containsExactly(ReturnReason.NOT_SENT);
    }

    private static Recall recall(Send send) {
        return new Recall(send.messageId(), send.tryNo(), send.userId(), send.deviceId());
    }
}
