package io.siaran.dispatch.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Stage;
import io.siaran.dispatch.queue.OpenMessages;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.DeferReason;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.FailReason;
import io.siaran.model.LeadId;
import io.siaran.model.PlanStatus;
import io.siaran.model.RejectReason;
import io.siaran.model.ReturnReason;
import io.siaran.model.SendLane;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ApplyDeliveryEventsTest {

    @Inject
    Stage stage;

    @Inject
    Database database;

    @Inject
    ApplyDeliveryEvents settling;

    @Inject
    OpenMessages open;

    private BroadcastMessage message;

    @BeforeEach
    void setTheScene() {
        stage.reset();
        message = Cast.campaign(Cast.MERAH, Cast.ANI, 1);
    }

    @Test
    void an_accepted_message_is_sent_and_makes_room_for_the_next() {
        // Given
        List<BroadcastMessage> five = IntStream.range(0, 5)
                .mapToObj(i -> Cast.campaign(Cast.MERAH, new LeadId(UUID.randomUUID()), 1))
                .toList();
        stage.store(five);
        stage.release();
        BroadcastMessage first = five.stream()
                .filter(m -> stage.status(m.id()).equals("processing"))
                .findFirst()
                .orElseThrow();

        // When
        settle(accepted(first, 1));

        // Then
        assertThat(stage.status(first.id())).isEqualTo("sent");
        assertThat(stage.row(first.id()).getString("sent_text")).isEqualTo("Hi Ani");
        assertThat(stage.release().messages()).isOne();
        stage.assertCountsAddUp();
    }

    @Test
    void what_is_learnt_late_brings_back_nothing_of_somebody_who_was_erased() {
        // Given
        released();
        settle(new DeliveryEvent.Unknown(message.id(), 1, Cast.AMINAH, Cast.MERAH, Instant.now(), "timeout"));
        database.run(
                "UPDATE broadcast_messages SET recipient_phone = '9990000000000', recipient_name = NULL, message = '',"
                        + " error_message = NULL");

        // When
        settle(accepted(message, 1));
        settle(accepted(message, 1));

        // Then
        assertThat(stage.status(message.id())).isEqualTo("sent");
        assertThat(stage.row(message.id()).getString("sent_text")).isNull();
        assertThat(stage.row(message.id()).getString("provider_message_id")).isNull();
    }

    @Test
    void a_lapsed_try_is_asked_back_and_waits_again_once_it_is_returned() {
        // Given
        released();
        database.run("UPDATE broadcast_messages SET recall_at = now() - interval '1 second'");

        // When
        int asked = open.recall(10, Duration.ofMinutes(1));

        // Then
        assertThat(asked).isOne();
        assertThat(open.recall(10, Duration.ofMinutes(1))).isZero();
        assertThat(stage.status(message.id())).isEqualTo("processing");
        settle(returned(1, ReturnReason.RECALLED));
        assertThat(stage.status(message.id())).isEqualTo("pending");
        assertThat(stage.release().messages()).isOne();
        assertThat(stage.row(message.id()).getInteger("try_no")).isEqualTo(2);
        assertThat(stage.row(message.id()).getInteger("attempts")).isZero();
    }

    @Test
    void an_outcome_of_an_older_try_is_ignored_but_its_acceptance_wins() {
        // Given
        released();
        settle(returned(1, ReturnReason.RECALLED));
        stage.release();

        // When
        settle(new DeliveryEvent.Failed(
                message.id(), 1, Cast.AMINAH, Cast.MERAH, Instant.now(), FailReason.PROVIDER_FAILED, "late"));

        // Then
        assertThat(stage.status(message.id())).isEqualTo("processing");
        settle(accepted(message, 1));
        assertThat(stage.status(message.id())).isEqualTo("sent");
    }

    @Test
    void an_acceptance_wins_over_unknown_and_failed() {
        // Given
        released();
        settle(new DeliveryEvent.Unknown(message.id(), 1, Cast.AMINAH, Cast.MERAH, Instant.now(), "timeout"));
        assertThat(stage.status(message.id())).isEqualTo("unknown");

        // When
        settle(accepted(message, 1));

        // Then
        assertThat(stage.status(message.id())).isEqualTo("sent");
        assertThat(stage.row(message.id()).getInteger("attempts")).isOne();
        stage.assertCountsAddUp();
    }

    @Test
    void two_facts_of_one_batch_are_both_told() {
        // Given
        released();

        // When
        settle(
                new DeliveryEvent.Unknown(message.id(), 1, Cast.AMINAH, Cast.MERAH, Instant.now(), "timeout"),
                accepted(message, 1));

        // Then
        assertThat(stage.status(message.id())).isEqualTo("sent");
        assertThat(stage.row(message.id()).getLong("version")).isEqualTo(4);
    }

    @Test
    void a_throttled_device_says_nothing_until_it_may() {
        // Given
        released();
        BroadcastMessage other = Cast.direct(Cast.MERAH, Cast.BUDI, Cast.aMinuteAgo());

        // When
        Instant until = Instant.now().plusSeconds(300);
        settle(new DeliveryEvent.Deferred(
                message.id(), 1, Cast.AMINAH, Cast.MERAH, Instant.now(), until, DeferReason.RATE_LIMITED));
        stage.store(other);

        // Then
        assertThat(stage.release().devices()).isZero();
        assertThat(stage.row(message.id()).getInteger("attempts")).isZero();
    }

    @Test
    void what_was_put_off_keeps_its_place() {
        // Given
        released();
        Object place = stage.row(message.id()).getValue("due_at");

        // When
        settle(new DeliveryEvent.Deferred(
                message.id(),
                1,
                Cast.AMINAH,
                Cast.MERAH,
                Instant.now(),
                Instant.now().plusSeconds(86_400),
                DeferReason.DAILY_CAP));

        // Then
        assertThat(stage.row(message.id()).getValue("due_at")).isEqualTo(place);
        database.run(
                "UPDATE device_queue SET cold_held_until = now(), next_due = now() WHERE cold_held_until IS NOT NULL");
        assertThat(stage.release().messages()).isOne();
    }

    @Test
    void a_direct_message_that_meets_a_full_day_is_put_off_by_itself_and_the_next_one_passes() {
        // Given
        BroadcastMessage stranger = Cast.direct(Cast.MERAH, Cast.BUDI, Cast.aMinuteAgo());
        stage.store(stranger);
        released();
        Instant tomorrow = Instant.now().plusSeconds(86_400).truncatedTo(ChronoUnit.MILLIS);

        // When
        settle(new DeliveryEvent.Deferred(
                stranger.id(), 1, Cast.AMINAH, Cast.MERAH, Instant.now(), tomorrow, DeferReason.DAILY_CAP));

        // Then
        assertThat(stage.row(stranger.id()).getOffsetDateTime("due_at").toInstant())
                .isEqualTo(tomorrow);
        stage.store(Cast.direct(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo()));
        assertThat(stage.release().messages()).isOne();
        assertThat(stage.row(stranger.id()).getString("status")).isEqualTo("pending");
    }

    @Test
    void a_message_to_a_stranger_whom_no_more_may_be_written_to_is_put_off_alone_and_its_device_goes_on() {
        // Given
        BroadcastMessage stranger = Cast.campaign(Cast.MERAH, new LeadId(UUID.randomUUID()), 1);
        stage.store(stranger);
        released();
        Instant tomorrow = Instant.now().plusSeconds(86_400).truncatedTo(ChronoUnit.MILLIS);

        // When
        settle(new DeliveryEvent.Deferred(
                stranger.id(), 1, Cast.AMINAH, Cast.MERAH, Instant.now(), tomorrow, DeferReason.FIRST_CONTACT_CAP));

        // Then
        assertThat(stage.row(stranger.id()).getOffsetDateTime("due_at").toInstant())
                .isEqualTo(tomorrow);
        stage.store(Cast.campaign(Cast.MERAH, new LeadId(UUID.randomUUID()), 1));
        assertThat(stage.release().messages()).isOne();
    }

    @Test
    void which_lane_a_message_took_is_noted_when_it_is_sent_and_when_that_is_learnt_later() {
        // Given
        released();
        BroadcastMessage late = Cast.direct(Cast.MERAH, Cast.BUDI, Cast.aMinuteAgo());
        stage.store(late);
        stage.release();

        // When
        settle(
                took(message, SendLane.COLD),
                new DeliveryEvent.Delivered(late.id(), 1, Cast.AMINAH, Cast.MERAH, Instant.now()),
                took(late, SendLane.REPLY));

        // Then
        assertThat(stage.row(message.id()).getString("lane")).isEqualTo("cold");
        assertThat(stage.row(late.id()).getString("lane")).isEqualTo("reply");
    }

    private static DeliveryEvent took(BroadcastMessage m, SendLane lane) {
        return new DeliveryEvent.Accepted(
                m.id(), 1, m.userId(), m.deviceId(), Instant.now(), "wamid." + m.id(), "Hi Ani", lane);
    }

    @ParameterizedTest
    @EnumSource(names = {"DEVICE_NOT_ONLINE", "DEVICE_REFUSED", "TOO_LATE"})
    void what_the_gateway_cannot_send_now_does_not_draw_the_backlog_after_it(ReturnReason reason) {
        // Given
        released();
        stage.store(Cast.direct(Cast.MERAH, Cast.BUDI, Cast.aMinuteAgo()));

        // When
        settle(returned(1, reason));

        // Then
        assertThat(stage.release().devices()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"DEVICE_NOT_ONLINE", "DEVICE_REFUSED", "TOO_LATE"})
    void what_is_known_late_of_a_try_that_was_given_up_holds_no_device(ReturnReason reason) {
        // Given
        BroadcastMessage toBudi = Cast.direct(Cast.MERAH, Cast.BUDI, Cast.aMinuteAgo());
        released();
        settle(new DeliveryEvent.Unknown(message.id(), 1, Cast.AMINAH, Cast.MERAH, Instant.now(), "timeout"));

        // When
        settle(returned(1, reason));

        // Then
        stage.store(toBudi);
        stage.release();
        assertThat(stage.status(toBudi.id())).isEqualTo("processing");
    }

    @Test
    void the_return_of_an_old_try_holds_no_device() {
        // Given
        released();
        settle(returned(1, ReturnReason.RECALLED));
        stage.release();

        // When
        settle(returned(1, ReturnReason.DEVICE_REFUSED));

        // Then
        assertThat(stage.rows("SELECT FROM device_queue WHERE held_until IS NOT NULL"))
                .isEmpty();
    }

    @Test
    void what_comes_back_under_a_paused_plan_waits_for_the_plan() {
        // Given
        released();
        stage.plan(Cast.BLACK_FRIDAY.value(), Cast.AMINAH, PlanStatus.PAUSED, 1);

        // When
        settle(returned(1, ReturnReason.RECALLED));

        // Then
        assertThat(stage.row(message.id()).getBoolean("parked")).isTrue();
    }

    @Test
    void an_event_of_a_message_that_is_not_here_changes_nothing() {
        settle(accepted(message, 1));

        assertThat(stage.statuses()).isEmpty();
    }

    /** Any interleaving of releases, outcomes, repeats and late truths: the counts are what is in the rows. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatever_happens_the_counts_add_up(long seed) {
        // Given
        Random random = new Random(seed);
        List<BroadcastMessage> messages = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            messages.add(Cast.campaign(i % 2 == 0 ? Cast.MERAH : Cast.BIRU, new LeadId(UUID.randomUUID()), 1));
        }
        stage.store(messages);

        // When
        for (int round = 0; round < 40; round++) {
            database.run("UPDATE device_queue SET next_due = now(), held_until = NULL, hold_reason = NULL");
            stage.release();
            settle(random.ints(10, 0, messages.size())
                    .mapToObj(i -> anyEvent(messages.get(i), random))
                    .toArray(DeliveryEvent[]::new));
        }

        // Then
        stage.assertCountsAddUp();
        assertThat(stage.statuses().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(messages.size());
    }

    private static DeliveryEvent anyEvent(BroadcastMessage m, Random random) {
        int tryNo = 1 + random.nextInt(3);
        Instant at = Instant.now();
        return switch (random.nextInt(6)) {
            case 0 -> accepted(m, tryNo);
            case 1 -> new DeliveryEvent.Unknown(m.id(), tryNo, m.userId(), m.deviceId(), at, "timeout");
            case 2 ->
                new DeliveryEvent.Failed(
                        m.id(), tryNo, m.userId(), m.deviceId(), at, FailReason.PROVIDER_FAILED, "busy");
            case 3 ->
                new DeliveryEvent.Rejected(
                        m.id(), tryNo, m.userId(), m.deviceId(), at, RejectReason.CONTACT_REJECTED, "no such number");
            case 4 ->
                new DeliveryEvent.Deferred(m.id(), tryNo, m.userId(), m.deviceId(), at, at, DeferReason.RATE_LIMITED);
            default ->
                new DeliveryEvent.Returned(
                        m.id(), tryNo, m.userId(), m.deviceId(), at, ReturnReason.RECALLED, null, null);
        };
    }

    private void released() {
        stage.store(message);
        stage.release();
    }

    private void settle(DeliveryEvent... events) {
        database.doInTransaction(tx -> settling.settle(tx, List.of(events)));
    }

    private static DeliveryEvent accepted(BroadcastMessage m, int tryNo) {
        return new DeliveryEvent.Accepted(
                m.id(), tryNo, m.userId(), m.deviceId(), Instant.now(), "wamid." + m.id(), "Hi Ani");
    }

    private DeliveryEvent returned(int tryNo, ReturnReason reason) {
        return new DeliveryEvent.Returned(
                message.id(), tryNo, Cast.AMINAH, Cast.MERAH, Instant.now(), reason, null, null);
    }
}
