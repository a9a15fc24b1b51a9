package io.siaran.dispatch.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Events;
import io.siaran.dispatch.Listener;
import io.siaran.dispatch.Stage;
import io.siaran.kafka.Outbox;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.LeadId;
import io.siaran.model.Topic;
import io.siaran.model.UnknownPolicy;
import io.siaran.sql.Database;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Delivered, read, refused: early, late, doubled, in any order; and what follows when nobody knows. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ReceiptsTest {

    @Inject
    Stage stage;

    @Inject
    Database database;

    @Inject
    Events events;

    @Inject
    Outbox outbox;

    private BroadcastMessage message;

    @BeforeEach
    void setTheScene() {
        stage.reset();
        message = Cast.campaign(Cast.MERAH, Cast.ANI, 1);
        stage.store(message);
        stage.release();
    }

    @Test
    void sent_and_delivered_and_read_are_three_facts_also_when_one_receipt_brings_all() {
        try (var statuses = new Listener(Topic.MESSAGE_STATUS)) {
            // When
            events.settle(events.read(message, 1));
            outbox.wake();

            // Then
            JsonNode read = statuses.hear(told("sent", "delivered_at", "read_at"));
            JsonNode delivered = statuses.hear(told("sent", "delivered_at").and(lacks("read_at")));
            JsonNode sent = statuses.hear(told("sent").and(lacks("delivered_at")));
            assertThat(List.of(sent, delivered, read))
                    .extracting(status -> status.path("version").asLong())
                    .containsExactly(3L, 4L, 5L);
        }
    }

    @Test
    void an_early_receipt_makes_room_at_once_and_the_answer_that_follows_adds_the_text() {
        // Given
        stage.store(IntStream.range(0, 4)
                .mapToObj(i -> Cast.campaign(Cast.MERAH, new LeadId(UUID.randomUUID()), 1))
                .toList());
        stage.release();

        // When
        events.settle(events.delivered(message, 1));

        // Then
        assertThat(stage.release().messages()).isOne();
        var delivered = stage.row(message.id()).getOffsetDateTime("delivered_at");
        events.settle(events.accepted(message, 1));
        Row row = stage.row(message.id());
        assertThat(row.getString("sent_text")).isEqualTo("Hi Ani");
        assertThat(row.getString("provider_message_id")).isEqualTo("wamid.1");
        assertThat(row.getOffsetDateTime("sent_at")).isEqualTo(delivered);
    }

    @Test
    void what_the_platform_took_and_could_not_deliver_has_failed_whatever_order_it_is_told_in() {
        // Given
        DeliveryEvent accepted = events.accepted(message, 1);

        // When
        events.settle(events.refused(message, 1));

        // Then
        assertThat(stage.row(message.id()).getString("failure_reason")).isEqualTo("rejected_after_accept");
        events.settle(accepted);
        Row row = stage.row(message.id());
        assertThat(row.getString("status")).isEqualTo("failed");
        assertThat(row.getOffsetDateTime("sent_at").toInstant()).isEqualTo(accepted.at());
        assertThat(row.getString("provider_message_id")).isEqualTo("wamid.1");
        stage.assertCountsAddUp();
    }

    @Test
    void the_phone_knows_better_than_the_platform() {
        events.settle(events.accepted(message, 1), events.delivered(message, 1), events.refused(message, 1));
        assertThat(stage.status(message.id())).isEqualTo("sent");

        BroadcastMessage other = Cast.campaign(Cast.BIRU, Cast.BUDI, 1);
        stage.store(other);
        stage.release();
        events.settle(events.accepted(other, 1), events.refused(other, 1));
        assertThat(stage.status(other.id())).isEqualTo("failed");
        events.settle(events.delivered(other, 1));
        assertThat(stage.status(other.id())).isEqualTo("sent");
        stage.assertCountsAddUp();
    }

    @Test
    void a_receipt_settles_what_nobody_knew() {
        events.settle(events.unknown(message, 1), events.delivered(message, 1));
        assertThat(stage.status(message.id())).isEqualTo("sent");

        BroadcastMessage other = Cast.campaign(Cast.BIRU, Cast.BUDI, 1);
        stage.store(other);
        stage.release();
        events.settle(events.unknown(other, 1), events.refused(other, 1));
        assertThat(stage.row(other.id()).getString("failure_reason")).isEqualTo("rejected_after_accept");
    }

    @Test
    void a_try_that_never_went_out_after_all_comes_back_unless_its_message_may_not_be_sent_any_more() {
        // Given
        BroadcastMessage other = Cast.campaign(Cast.BIRU, Cast.BUDI, 1);
        stage.store(other);
        stage.release();
        events.settle(events.unknown(message, 1), events.unknown(other, 1));
        stage.suppress(Cast.AMINAH, other.recipientPhone().digits());

        // When
        events.settle(events.returned(message, 1), events.returned(other, 1));

        // Then
        assertThat(stage.status(message.id())).isEqualTo("pending");
        assertThat(stage.row(message.id()).getInteger("attempts")).isZero();
        assertThat(stage.row(other.id()).getString("failure_reason")).isEqualTo("suppressed");
    }

    @Test
    void a_device_may_assume_that_a_lost_message_was_sent() {
        policy(UnknownPolicy.ASSUME_SENT);

        events.settle(events.unknown(message, 1));

        assertThat(stage.status(message.id())).isEqualTo("sent");
        assertThat(stage.row(message.id()).getString("error_message")).contains("policy");
    }

    @Test
    void a_message_that_came_back_when_its_try_may_be_forgotten_is_lost_and_its_device_decides() {
        policy(UnknownPolicy.ASSUME_SENT);
        database.run("UPDATE broadcast_messages SET not_after = now() - interval '169 hours'");

        events.settle(events.returned(message, 1));

        assertThat(stage.status(message.id())).isEqualTo("sent");
        assertThat(stage.row(message.id()).getString("error_message")).contains("policy");
    }

    @Test
    void a_device_may_send_a_lost_message_again_which_burns_one_of_its_three_attempts() {
        policy(UnknownPolicy.RETRY);

        for (int tryNo = 1; tryNo <= 2; tryNo++) {
            events.settle(events.unknown(message, tryNo));
            assertThat(stage.status(message.id())).isEqualTo("pending");
            assertThat(stage.row(message.id()).getInteger("superseded_try")).isEqualTo(tryNo);
            database.run("UPDATE broadcast_messages SET due_at = now()");
            database.run("UPDATE device_queue SET next_due = now()");
            assertThat(stage.release().messages()).isOne();
        }
        events.settle(events.unknown(message, 3));

        assertThat(stage.status(message.id())).isEqualTo("unknown");
        stage.assertCountsAddUp();
    }

    @Test
    void a_try_that_turns_out_to_be_superfluous_is_called_off() {
        policy(UnknownPolicy.RETRY);
        events.settle(events.unknown(message, 1));
        database.run("UPDATE broadcast_messages SET due_at = now()");
        database.run("UPDATE device_queue SET next_due = now()");
        stage.release();
        try (var sends = new Listener(Topic.DEVICE_SENDS)) {
            // When
            events.settle(events.accepted(message, 1));
            outbox.wake();

            // Then
            JsonNode recall = sends.hear(record -> record.path("record")
                            .asText()
                            .equals("recall")
                    && record.path("message_id").asText().equals(message.id().toString()));
            assertThat(recall.path("try_no").asInt()).isEqualTo(2);
        }
        assertThat(stage.status(message.id())).isEqualTo("sent");
    }

    /** A platform whose clock is behind ours, or that tells whole seconds: what became of a try comes after its release. */
    @Test
    void no_receipt_comes_before_the_release_whatever_the_platforms_clock_says() {
        // Given
        Instant early = released().minusMillis(900);
        Instant answered = released().plusMillis(300);

        // When
        events.settle(readAt(early));
        events.settle(acceptedAt(answered));
        long version = stage.row(message.id()).getLong("version");
        events.settle(readAt(early));

        // Then
        assertThat(times("sent_at", "delivered_at", "read_at")).containsOnly(released());
        assertThat(stage.row(message.id()).getLong("version")).isEqualTo(version);
    }

    @Test
    void what_was_read_was_delivered_before_that() {
        // Given
        Instant delivered = released().plusMillis(900);
        events.settle(new DeliveryEvent.Delivered(message.id(), 1, message.userId(), message.deviceId(), delivered));

        // When
        events.settle(readAt(delivered.minusMillis(500)));

        // Then
        assertThat(times("sent_at", "delivered_at", "read_at")).isSorted();
    }

    /** The same facts in any order, and told twice, end the same; only a delivery outdoes a refusal. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void the_order_of_receipts_makes_no_difference(long seed) {
        // Given
        List<DeliveryEvent> facts = new ArrayList<>(List.of(
                events.accepted(message, 1),
                events.delivered(message, 1),
                events.read(message, 1),
                events.refused(message, 1)));
        facts.addAll(facts);
        Collections.shuffle(facts, new Random(seed));

        // When
        facts.forEach(events::settle);

        // Then
        Row row = stage.row(message.id());
        assertThat(row.getString("status")).isEqualTo("sent");
        assertThat(row.getOffsetDateTime("sent_at")).isBeforeOrEqualTo(row.getOffsetDateTime("delivered_at"));
        assertThat(row.getOffsetDateTime("read_at")).isNotNull();
        assertThat(row.getString("provider_message_id")).isEqualTo("wamid.1");
        long version = row.getLong("version");
        facts.forEach(events::settle);
        assertThat(stage.row(message.id()).getLong("version")).isEqualTo(version);
        stage.assertCountsAddUp();
    }

    private DeliveryEvent readAt(Instant at) {
        return new DeliveryEvent.Read(message.id(), 1, message.userId(), message.deviceId(), at);
    }

    private DeliveryEvent acceptedAt(Instant at) {
        return new DeliveryEvent.Accepted(
                message.id(), 1, message.userId(), message.deviceId(), at, "wamid.1", "Hi Ani");
    }

    private Instant released() {
        return times("released_at").getFirst();
    }

    private List<Instant> times(String... columns) {
        Row row = stage.row(message.id());
        return Stream.of(columns)
                .map(column -> row.getOffsetDateTime(column).toInstant())
                .toList();
    }

    private void policy(UnknownPolicy policy) {
        database.run("UPDATE device_queue SET unknown_policy = $1", policy.wire());
    }

    private Predicate<JsonNode> told(String status, String... times) {
        return record -> record.path("message_id").asText().equals(message.id().toString())
                && record.path("status").asText().equals(status)
                && List.of(times).stream().allMatch(record::hasNonNull);
    }

    private static Predicate<JsonNode> lacks(String time) {
        return record -> !record.hasNonNull(time);
    }
}
