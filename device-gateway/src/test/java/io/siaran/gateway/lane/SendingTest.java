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
import io.siaran.localstack.TestServers;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.MessageId;
import io.siaran.model.Recall;
import io.siaran.model.ReturnReason;
import io.siaran.model.Send;
import io.siaran.model.Suppression;
import io.siaran.model.Topic;
import io.siaran.outbox.Database;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lanes on real servers: what the platform delivered, and what dispatch was told. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class SendingTest {

    private static final UUID TURN = UUID.randomUUID();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @ConfigProperty(name = "siaran.kafka")
    String kafka;

    @Inject
    Database database;

    @Inject
    Journal journal;

    @Inject
    Sweep sweep;

    private Topics topics;

    @BeforeEach
    void listen() {
        topics = new Topics(kafka, Topic.DELIVERY_EVENTS.topicName());
    }

    @AfterEach
    void stopListening() throws Exception {
        topics.close();
    }

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

    @ParameterizedTest
    @CsvSource({
        "RATE_LIMITED, deferred, 0",
        "SERVER_ERROR, failed, 0",
        "UNKNOWN_NUMBER, rejected, 0",
        "TOKEN_EXPIRED, returned, 0",
        "LOGOUT, returned, 0",
        "GATEWAY_TIMEOUT, unknown, 1",
        "HTML_BAD_GATEWAY, unknown, 0",
        "RESET, unknown, 0"
    })
    void each_fault_has_its_outcome(String fault, String outcome, int delivered) {
        // Given
        Registered biru = Cast.onlineDevice(Cast.SINAR, "biru");
        Simulator.fault(biru.token(), fault, Map.of("retry_after_seconds", 7));

        // When
        topics.send(Topic.DEVICE_SENDS, biru.id(), Cast.send(biru, Cast.message(), Cast.BUDI));

        // Then
        DeliveryEvent event = events(biru, 1).getFirst();
        assertThat(event.getClass().getSimpleName()).isEqualToIgnoringCase(outcome);
        if (event instanceof DeliveryEvent.Deferred deferred) {
            assertThat(Duration.between(deferred.at(), deferred.until())).isEqualTo(Duration.ofSeconds(7));
        }
        assertThat(Simulator.deliveries(biru.token())).hasSize(delivered);
    }

    @Test
    void a_refused_device_is_offline_at_once_and_what_follows_is_returned() {
        // Given
        Registered biru = Cast.onlineDevice(Cast.SINAR, "biru");
        Simulator.fault(biru.token(), "LOGOUT", Map.of());
        topics.send(Topic.DEVICE_SENDS, biru.id(), Cast.send(biru, Cast.message(), Cast.BUDI));
        Cast.awaitStatus(biru, "offline");

        // When
        topics.send(Topic.DEVICE_SENDS, biru.id(), Cast.send(biru, Cast.message(), Cast.ANI));

        // Then
        assertThat(reasons(biru, 2)).containsExactly(ReturnReason.DEVICE_REFUSED, ReturnReason.DEVICE_NOT_ONLINE);
        assertThat(Simulator.deliveries(biru.token())).isEmpty();
    }

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
        List<Send> sends = java.util.stream.Stream.generate(() -> Cast.send(merah, Cast.message(), Cast.ANI))
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
    void what_may_not_begin_is_returned_with_the_reason() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        Registered ofMaju = Cast.onlineDevice(Cast.MAJU, "biru");
        Send late = Cast.send(merah, Cast.message(), Cast.ANI);
        topics.send(
                Topic.SUPPRESSIONS,
                "x",
                io.siaran.model.Json.write(new Suppression(Cast.MAJU, Cast.BUDI, "opted_out", 1, false)));
        await().atMost(PATIENCE)
                .until(() -> database.run("SELECT FROM suppressions WHERE phone = $1", Cast.BUDI.digits())
                                .rowCount()
                        == 1);

        // When
        topics.send(
                Topic.DEVICE_SENDS, merah.id(), withNotAfter(late, Instant.now().minusSeconds(1)));
        Registered stolen = new Registered(merah.id(), Cast.MAJU, merah.token());
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(stolen, Cast.message(), Cast.ANI));
        topics.send(Topic.DEVICE_SENDS, ofMaju.id(), Cast.send(ofMaju, Cast.message(), Cast.BUDI));

        // Then
        assertThat(reasons(merah, 2)).containsExactly(ReturnReason.TOO_LATE, ReturnReason.WRONG_OWNER);
        assertThat(reasons(ofMaju, 1)).containsExactly(ReturnReason.SUPPRESSED);
        assertThat(Simulator.deliveries(merah.token())).isEmpty();
        assertThat(Simulator.deliveries(ofMaju.token())).isEmpty();
    }

    @Test
    void a_call_that_nobody_settled_is_swept_to_unknown_and_stays_unsent() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        Send send = Cast.send(merah, Cast.message(), Cast.ANI);
        started(send, "now() - interval '1 second'");

        // When
        sweep.sweep();

        // Then
        assertThat(events(merah, 1).getFirst()).isInstanceOf(DeliveryEvent.Unknown.class);
        topics.send(Topic.DEVICE_SENDS, merah.id(), send);
        assertThat(events(merah, 2).get(1)).isInstanceOf(DeliveryEvent.Unknown.class);
        assertThat(Simulator.deliveries(merah.token())).isEmpty();
    }

    @Test
    void a_late_acceptance_wins_over_unknown_and_nothing_else_does() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        Send send = Cast.send(merah, Cast.message(), Cast.ANI);
        started(send, "now() - interval '1 second'");
        sweep.sweep();

        // When
        boolean rejected = journal.settle(send, TURN, new Settlement("rejected", null, "too late", null, null));
        boolean accepted = journal.settle(send, TURN, new Settlement("accepted", null, null, null, "id-1"));

        // Then
        assertThat(rejected).isFalse();
        assertThat(accepted).isTrue();
        assertThat(events(merah, 2))
                .extracting(event -> (Object) event.getClass())
                .containsExactly(DeliveryEvent.Unknown.class, DeliveryEvent.Accepted.class);
    }

    @Test
    void the_sweep_leaves_a_call_alone_until_its_deadline() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        Send send = Cast.send(merah, Cast.message(), Cast.ANI);
        started(send, "now() + interval '1 minute'");

        // When
        sweep.sweep();

        // Then
        assertThat(database.run(
                                "SELECT state FROM send_journal WHERE message_id = $1",
                                send.messageId().value())
                        .iterator()
                        .next()
                        .getString("state"))
                .isEqualTo("started");
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

    private void started(Send send, String deadline) {
        database.run(
                "INSERT INTO send_journal (message_id, try_no, device_id, user_id, state, turn, started_at, call_deadline,"
                        + " sent_text) VALUES ($1, $2, $3, $4, 'started', $5, now() - interval '1 minute', " + deadline
                        + ", 'x')",
                send.messageId().value(),
                send.tryNo(),
                send.deviceId().value(),
                send.userId().value(),
                TURN);
    }

    private static Recall recall(Send send) {
        return new Recall(send.messageId(), send.tryNo(), send.userId(), send.deviceId());
    }

    private static Send withNotAfter(Send send, Instant notAfter) {
        return new Send(
                send.messageId(),
                send.tryNo(),
                send.userId(),
                send.deviceId(),
                notAfter,
                send.supersedes(),
                send.kind(),
                send.recipientPhone(),
                send.recipientName(),
                send.niche(),
                send.type(),
                send.message(),
                send.mediaUrl(),
                send.minDelay(),
                send.maxDelay(),
                send.antiSpam(),
                send.timeZone());
    }

    private List<DeliveryEvent> events(Registered device) {
        return topics.read(device.id().toString(), DeliveryEvent.class);
    }

    private List<DeliveryEvent> events(Registered device, int count) {
        await().atMost(PATIENCE).until(() -> events(device).size() >= count);
        return events(device);
    }

    private List<ReturnReason> reasons(Registered device, int count) {
        return events(device, count).stream()
                .map(event -> ((DeliveryEvent.Returned) event).reason())
                .toList();
    }
}
