package io.siaran.dispatch.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Listener;
import io.siaran.dispatch.Stage;
import io.siaran.localstack.RowsRead;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.PlanStatus;
import io.siaran.model.Topic;
import io.siaran.model.Withdraw;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class StoreTest {

    @Inject
    Stage stage;

    @Inject
    Database database;

    @Inject
    MessageStore store;

    @BeforeEach
    void setTheScene() {
        stage.reset();
    }

    @Test
    void a_redelivery_changes_nothing() {
        // Given
        BroadcastMessage ani = Cast.campaign(Cast.MERAH, Cast.ANI, 1);
        BroadcastMessage budi = Cast.campaign(Cast.MERAH, Cast.BUDI, 1);
        stage.store(ani, budi, ani);
        stage.release();

        // When
        stage.store(ani, budi);

        // Then
        assertThat(stage.statuses()).containsOnlyKeys("processing").containsValue(2L);
        assertThat(stage.row(ani.id()).getInteger("try_no")).isEqualTo(1);
        stage.assertCountsAddUp();
    }

    @Test
    void a_step_that_comes_again_tells_again_what_became_of_it() {
        // Given
        stage.suppress(Cast.AMINAH, Cast.phone(Cast.ANI).digits());
        BroadcastMessage step = Cast.step(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo());
        try (Listener statuses = new Listener(Topic.MESSAGE_STATUS)) {
            stage.store(step);
            statuses.hear(status -> isOf(step, status));
        }

        // When
        try (Listener statuses = new Listener(Topic.MESSAGE_STATUS)) {
            stage.store(step);

            // Then
            JsonNode again = statuses.hear(status -> isOf(step, status));
            assertThat(again.path("status").asText()).isEqualTo("failed");
            assertThat(again.path("failure_reason").asText()).isEqualTo("suppressed");
        }
        stage.assertCountsAddUp();
    }

    private static boolean isOf(BroadcastMessage message, JsonNode status) {
        return status.path("message_id").asText().equals(message.id().toString());
    }

    @Test
    void a_message_of_somebody_elses_device_fails() {
        // Given
        stage.online(Cast.MERAH, Cast.RAZAK);

        // When
        BroadcastMessage stolen = stored(Cast.campaign(Cast.MERAH, Cast.ANI, 1));

        // Then
        assertThat(stage.status(stolen.id())).isEqualTo("failed");
        assertThat(reason(stolen)).isEqualTo("wrong_owner");
    }

    @Test
    void a_message_to_a_suppressed_person_fails() {
        // Given
        stage.suppress(Cast.AMINAH, Cast.phone(Cast.ANI).digits());

        // When
        BroadcastMessage unwanted = stored(Cast.campaign(Cast.MERAH, Cast.ANI, 1));

        // Then
        assertThat(stage.status(unwanted.id())).isEqualTo("failed");
        assertThat(reason(unwanted)).isEqualTo("suppressed");
    }

    @Test
    void a_message_of_a_cancelled_campaign_or_of_a_lower_run_is_cancelled() {
        // Given
        stage.plan(Cast.BLACK_FRIDAY.value(), Cast.AMINAH, PlanStatus.ACTIVE, 2);
        stage.plan(Cast.FITNESS.value(), Cast.AMINAH, PlanStatus.CANCELLED, 0);

        // When
        BroadcastMessage lower = stored(Cast.campaign(Cast.MERAH, Cast.ANI, 1));
        BroadcastMessage cancelled = stored(Cast.step(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo()));

        // Then
        assertThat(reason(lower)).isEqualTo("superseded_run");
        assertThat(reason(cancelled)).isEqualTo("plan_cancelled");
        assertThat(stage.statuses()).containsOnlyKeys("cancelled");
    }

    @Test
    void a_message_of_a_paused_plan_waits_out_of_sight() {
        // Given
        stage.plan(Cast.BLACK_FRIDAY.value(), Cast.AMINAH, PlanStatus.PAUSED, 1);

        // When
        BroadcastMessage waiting = stored(Cast.campaign(Cast.MERAH, Cast.ANI, 1));

        // Then
        assertThat(stage.row(waiting.id()).getBoolean("parked")).isTrue();
        assertThat(stage.release().messages()).isZero();
    }

    @Test
    void somebody_elses_plan_stops_nothing() {
        // Given
        stage.plan(Cast.BLACK_FRIDAY.value(), Cast.RAZAK, PlanStatus.CANCELLED, 9);

        // When
        BroadcastMessage message = stored(Cast.campaign(Cast.MERAH, Cast.ANI, 1));

        // Then
        assertThat(stage.status(message.id())).isEqualTo("pending");
        assertThat(stage.release().messages()).isOne();
    }

    @Test
    void who_got_an_earlier_run_gets_no_later_one() {
        // Given
        BroadcastMessage first = stored(Cast.campaign(Cast.MERAH, Cast.ANI, 1));
        database.run("UPDATE broadcast_messages SET status = 'sent', sent_at = now()");

        // When
        BroadcastMessage again = stored(Cast.campaign(Cast.MERAH, Cast.ANI, 2));
        BroadcastMessage other = stored(Cast.campaign(Cast.MERAH, Cast.BUDI, 2));

        // Then
        assertThat(stage.status(first.id())).isEqualTo("sent");
        assertThat(reason(again)).isEqualTo("sent_in_earlier_run");
        assertThat(stage.status(other.id())).isEqualTo("pending");
    }

    @Test
    void a_withdrawal_that_comes_first_cancels_its_message_when_it_comes() {
        // Given
        BroadcastMessage step = Cast.step(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo());
        withdraw(step);

        // When
        stored(step);

        // Then
        assertThat(stage.status(step.id())).isEqualTo("cancelled");
        assertThat(reason(step)).isEqualTo("withdrawn");
    }

    @Test
    void a_withdrawal_cancels_what_waits_and_asks_back_what_is_in_flight() {
        // Given
        BroadcastMessage inFlight = stored(Cast.step(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo()));
        stage.release();
        BroadcastMessage waiting = stored(Cast.step(Cast.MERAH, Cast.BUDI, Cast.aMinuteAgo()));

        // When
        withdraw(inFlight);
        withdraw(waiting);

        // Then
        assertThat(reason(waiting)).isEqualTo("withdrawn");
        assertThat(stage.status(inFlight.id())).isEqualTo("processing");
        assertThat(stage.row(inFlight.id()).getString("ending")).isEqualTo("withdrawn");
        stage.assertCountsAddUp();
    }

    @Test
    void a_message_of_an_unseen_device_waits_until_the_device_is_seen() {
        // Given
        DeviceId unseen = new DeviceId(UUID.randomUUID());
        BroadcastMessage early = stored(Cast.direct(unseen, Cast.ANI, Cast.aMinuteAgo()));
        assertThat(stage.release().messages()).isZero();

        // When
        stage.online(unseen, Cast.AMINAH);
        stage.release();

        // Then
        assertThat(stage.status(early.id())).isEqualTo("processing");
    }

    @Test
    void a_batch_waits_for_the_reconciliation_of_its_lead_before_it_holds_what_the_reconciliation_asks_for()
            throws Exception {
        // Given
        BroadcastMessage waiting = stored(Cast.step(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo()));
        BroadcastMessage astray = Cast.campaign(Cast.MERAH, Cast.ANI, 1);
        stage.lead(Cast.ANI, Cast.BIRU, false);

        // When
        takenBetween(
                "SELECT FROM reconciliations WHERE subject = 'lead' FOR UPDATE",
                "SELECT FROM broadcast_messages FOR UPDATE",
                astray,
                waiting);

        // Then
        assertThat(reason(waiting)).isEqualTo("withdrawn");
        assertThat(stage.status(astray.id())).isEqualTo("pending");
    }

    @Test
    void a_batch_waits_for_whoever_settles_a_message_before_it_holds_the_device() throws Exception {
        // Given
        BroadcastMessage waiting = stored(Cast.step(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo()));
        BroadcastMessage incoming = Cast.campaign(Cast.MERAH, Cast.BUDI, 1);

        // When
        takenBetween(
                "SELECT FROM broadcast_messages FOR UPDATE",
                "SELECT FROM device_queue ORDER BY device_id FOR UPDATE",
                incoming,
                waiting);

        // Then
        assertThat(reason(waiting)).isEqualTo("withdrawn");
        assertThat(stage.status(incoming.id())).isEqualTo("pending");
    }

    @Test
    void a_withdrawal_is_remembered_for_as_long_as_its_message_could_be_tried_again() {
        // Given
        BroadcastMessage failed = stored(Cast.campaign(Cast.MERAH, Cast.ANI, 1));
        BroadcastMessage sent = stored(Cast.campaign(Cast.MERAH, Cast.BUDI, 1));
        database.run(
                "UPDATE broadcast_messages SET status = 'failed', failure_reason = 'provider_failed' WHERE id = $1",
                failed.id().value());
        database.run(
                "UPDATE broadcast_messages SET status = 'sent', sent_at = now() WHERE id = $1",
                sent.id().value());
        BroadcastMessage waiting = stored(Cast.step(Cast.MERAH, Cast.CITRA, Cast.aMinuteAgo()));
        BroadcastMessage neverCame = Cast.campaign(Cast.MERAH, Cast.CITRA, 1);
        BroadcastMessage withdrawnToday = Cast.campaign(Cast.BIRU, Cast.CITRA, 2);
        List.of(failed, sent, waiting, neverCame).forEach(this::withdraw);
        database.run("UPDATE withdrawals SET created_at = created_at - interval '31 days'");
        withdraw(withdrawnToday);

        // When
        store.forgetWithdrawals();

        // Then
        assertThat(reason(waiting)).isEqualTo("withdrawn");
        assertThat(stage.rows("SELECT message_id FROM withdrawals"))
                .extracting(row -> row.getUUID("message_id"))
                .containsExactlyInAnyOrder(
                        failed.id().value(), withdrawnToday.id().value());
    }

    @Test
    void to_forget_withdrawals_reads_no_more_however_many_messages_there_are() {
        // Given
        List<BroadcastMessage> failed = Stream.of(Cast.ANI, Cast.BUDI, Cast.CITRA)
                .map(lead -> stored(Cast.campaign(Cast.MERAH, lead, 1)))
                .toList();
        database.run("UPDATE broadcast_messages SET status = 'failed', failure_reason = 'provider_failed'");
        failed.forEach(this::withdraw);
        database.run("UPDATE withdrawals SET created_at = created_at - interval '31 days'");
        long few = rowsReadByForgetting();

        // When
        stage.store(IntStream.range(0, 2_000)
                .mapToObj(i -> Cast.campaign(Cast.MERAH, new LeadId(UUID.randomUUID()), 1))
                .toList());

        // Then: a plan or another may look once more at each of the three, and none at the two thousand
        assertThat(rowsReadByForgetting()).isLessThanOrEqualTo(few + 2L * failed.size());
    }

    /** With one among them whose message never came: to find none, a look that is not by the primary key reads them all. */
    private long rowsReadByForgetting() {
        withdraw(Cast.campaign(Cast.MERAH, new LeadId(UUID.randomUUID()), 1));
        database.run("UPDATE withdrawals SET created_at = now() - interval '31 days'");
        String sql = Sql.load(MessageStore.class, "forget-withdrawals.sql");
        return database.inTransaction(tx -> {
            ByIndex.lookUp(tx);
            return RowsRead.by(
                    explain -> tx.run(explain, new UUID(0, 0), 1_000)
                            .iterator()
                            .next()
                            .getValue(0)
                            .toString(),
                    sql.substring(sql.indexOf("WITH ")));
        });
    }

    /** A batch comes when somebody else has the first lock, and stands waiting when they ask for the second. */
    private void takenBetween(String first, String second, BroadcastMessage incoming, BroadcastMessage withdrawn)
            throws Exception {
        try (var consumer = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> taken = database.inTransaction(other -> {
                other.run(first);
                Future<?> begun = consumer.submit(() -> database.doInTransaction(
                        tx -> store.take(tx, List.of(incoming), List.of(withdrawal(withdrawn)))));
                await().until(() -> !stage.rows("SELECT FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND wait_event_type = 'Lock'")
                        .isEmpty());
                other.run(second);
                return begun;
            });
            taken.get();
        }
    }

    private BroadcastMessage stored(BroadcastMessage message) {
        stage.store(message);
        return message;
    }

    private void withdraw(BroadcastMessage message) {
        database.doInTransaction(tx -> store.withdraw(tx, List.of(withdrawal(message))));
    }

    private static Withdraw withdrawal(BroadcastMessage message) {
        return new Withdraw(message.id(), message.userId(), message.deviceId());
    }

    private String reason(BroadcastMessage message) {
        return stage.row(message.id()).getString("failure_reason");
    }
}
