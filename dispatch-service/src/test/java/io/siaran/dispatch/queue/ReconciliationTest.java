package io.siaran.dispatch.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.RacedSetAside;
import io.siaran.dispatch.Stage;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.DeviceId;
import io.siaran.model.FailureReason;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.model.PlanStatus;
import io.siaran.model.Withdraw;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ReconciliationTest {

    private static final int BATCH = 50;

    @Inject
    Stage stage;

    @Inject
    Database database;

    @Inject
    Reconciliation reconciliation;

    @Inject
    MessageStore store;

    @Inject
    OpenMessages open;

    @Inject
    MessageChanges changes;

    @Inject
    DeviceQueue devices;

    @Inject
    EndUnsent unsent;

    @BeforeEach
    void setTheScene() {
        stage.reset();
    }

    @Test
    void a_lead_that_moves_takes_along_what_waits() {
        // Given
        BroadcastMessage ani = stored(Cast.campaign(Cast.MERAH, Cast.ANI, 1));
        BroadcastMessage direct = stored(Cast.direct(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo()));

        // When
        stage.lead(Cast.ANI, Cast.BIRU, false);
        reconcileAll();

        // Then
        assertThat(device(ani)).isEqualTo(Cast.BIRU);
        assertThat(device(direct)).isEqualTo(Cast.MERAH);
        assertThat(counted(Cast.BIRU)).isOne();
        assertThat(counted(Cast.MERAH)).isOne();
        assertThat(stage.release().messages()).isEqualTo(2);
    }

    @Test
    void what_is_in_flight_of_a_lead_that_moved_is_asked_back_and_follows_when_it_comes() {
        // Given
        BroadcastMessage ani = stored(Cast.campaign(Cast.MERAH, Cast.ANI, 1));
        stage.release();
        stage.lead(Cast.ANI, Cast.BIRU, false);
        reconcileAll();
        assertThat(device(ani)).isEqualTo(Cast.MERAH);
        assertThat(stage.rows("SELECT FROM broadcast_messages WHERE recall_at <= now()"))
                .hasSize(1);

        // When
        comesBack(ani);
        assertThat(stage.release().messages()).as("not from the old device").isZero();
        reconciliation.moveReturned(BATCH);

        // Then
        assertThat(device(ani)).isEqualTo(Cast.BIRU);
        assertThat(stage.row(ani.id()).getUUID("moving_to")).isNull();
        assertThat(stage.release().messages()).isOne();
        stage.assertCountsAddUp();
    }

    @Test
    void a_lead_that_moves_back_in_time_stays() {
        // Given
        BroadcastMessage ani = stored(Cast.campaign(Cast.MERAH, Cast.ANI, 1));
        stage.release();
        stage.lead(Cast.ANI, Cast.BIRU, false);
        reconcileAll();

        // When
        stage.lead(Cast.ANI, Cast.MERAH, false);
        reconcileAll();
        comesBack(ani);
        reconciliation.moveReturned(BATCH);

        // Then
        assertThat(device(ani)).isEqualTo(Cast.MERAH);
        assertThat(stage.release().messages()).isOne();
    }

    @Test
    void a_message_that_was_sent_stays_with_the_device_that_sent_it() {
        // Given
        BroadcastMessage ani = stored(Cast.campaign(Cast.MERAH, Cast.ANI, 1));
        database.run("UPDATE broadcast_messages SET status = 'sent', sent_at = now()");

        // When
        stage.lead(Cast.ANI, Cast.BIRU, false);
        reconcileAll();

        // Then
        assertThat(device(ani)).isEqualTo(Cast.MERAH);
    }

    @Test
    void a_deleted_leads_messages_are_cancelled_and_asked_back() {
        // Given
        BroadcastMessage inFlight = stored(Cast.campaign(Cast.MERAH, Cast.ANI, 1));
        stage.release();
        BroadcastMessage waiting = stored(Cast.step(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo()));

        // When
        stage.lead(Cast.ANI, Cast.MERAH, true);
        reconcileAll();

        // Then
        assertThat(reason(waiting)).isEqualTo("lead_deleted");
        assertThat(stage.row(inFlight.id()).getString("ending")).isEqualTo("lead_deleted");
        stage.assertCountsAddUp();
    }

    @Test
    void a_deleted_devices_messages_are_cancelled_and_asked_back_in_batches() {
        // Given
        BroadcastMessage inFlight = stored(Cast.direct(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo()));
        stage.release();
        stage.store(crowd(3 * BATCH, Cast.MERAH));
        BroadcastMessage elsewhere = stored(Cast.direct(Cast.BIRU, Cast.BUDI, Cast.aMinuteAgo()));

        // When
        stage.delete(Cast.MERAH);
        reconcileAll();

        // Then
        assertThat(stage.statuses())
                .containsEntry("cancelled", 3L * BATCH)
                .containsEntry("processing", 1L)
                .containsEntry("pending", 1L);
        assertThat(stage.row(inFlight.id()).getString("ending")).isEqualTo("device_deleted");
        assertThat(stage.status(elsewhere.id())).isEqualTo("pending");
        stage.assertCountsAddUp();
    }

    @Test
    void what_moves_to_a_deleted_device_is_cancelled() {
        // Given
        BroadcastMessage ani = stored(Cast.campaign(Cast.MERAH, Cast.ANI, 1));
        stage.delete(Cast.BIRU);

        // When
        stage.lead(Cast.ANI, Cast.BIRU, false);
        reconcileAll();

        // Then
        assertThat(reason(ani)).isEqualTo("device_deleted");
    }

    @Test
    void what_its_lead_took_away_from_a_device_before_it_was_deleted_is_not_cancelled() {
        // Given
        BroadcastMessage inFlight = stored(Cast.campaign(Cast.MERAH, Cast.ANI, 1));
        stage.release();
        BroadcastMessage waiting = stored(Cast.step(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo()));
        stage.lead(Cast.ANI, Cast.BIRU, false);
        database.run("UPDATE reconciliations SET due_at = now() + interval '1 minute'");

        // When
        stage.delete(Cast.MERAH);
        reconcileAll();

        // Then
        assertThat(stage.row(inFlight.id()).getString("ending")).isNull();
        assertThat(stage.status(waiting.id())).isEqualTo("pending");
        stage.aMinuteLater();
        reconcileAll();
        assertThat(stage.row(inFlight.id()).getUUID("moving_to")).isEqualTo(Cast.BIRU.value());
        assertThat(device(waiting)).isEqualTo(Cast.BIRU);
    }

    @Test
    void what_comes_for_a_device_that_was_just_deleted_waits_for_the_news_that_its_lead_has_moved() {
        // Given
        BroadcastMessage before = stored(Cast.campaign(Cast.MERAH, Cast.ANI, 1));
        stage.lead(Cast.BUDI, Cast.MERAH, false);
        stage.deleteJustNow(Cast.MERAH);
        BroadcastMessage after = stored(Cast.campaign(Cast.MERAH, Cast.BUDI, 1));
        reconcileAll();
        assertThat(stage.statuses()).containsOnly(Map.entry("pending", 2L));
        assertThat(stage.release().messages()).isZero();

        // When
        stage.lead(Cast.ANI, Cast.BIRU, false);
        stage.lead(Cast.BUDI, Cast.BIRU, false);
        reconcileAll();

        // Then
        assertThat(device(before)).isEqualTo(Cast.BIRU);
        assertThat(device(after)).isEqualTo(Cast.BIRU);
        stage.delete(Cast.MERAH);
        reconcileAll();
        assertThat(stage.statuses()).containsOnly(Map.entry("pending", 2L));
    }

    @Test
    void a_message_that_comes_for_a_deleted_device_follows_its_lead() {
        // Given
        stage.lead(Cast.ANI, Cast.BIRU, false);
        stage.delete(Cast.MERAH);
        stage.aMinuteLater();
        reconcileAll();

        // When
        BroadcastMessage late = stored(Cast.campaign(Cast.MERAH, Cast.ANI, 1));

        // Then
        stage.aMinuteLater();
        reconcileAll();
        assertThat(device(late)).isEqualTo(Cast.BIRU);
        assertThat(stage.status(late.id())).isEqualTo("pending");
    }

    @Test
    void what_failed_on_a_device_that_was_deleted_may_be_tried_again_where_its_lead_is() {
        // Given
        BroadcastMessage ani = stored(Cast.campaign(Cast.MERAH, Cast.ANI, 1));
        BroadcastMessage budi = stored(Cast.campaign(Cast.MERAH, Cast.BUDI, 1));
        stage.lead(Cast.ANI, Cast.BIRU, false);
        stage.lead(Cast.BUDI, Cast.MERAH, false);

        // When
        stage.delete(Cast.MERAH);

        // Then
        Map<MessageId, FailureReason> unsendable =
                database.inTransaction(tx -> changes.unsendable(tx, List.of(ani.id(), budi.id())));
        assertThat(unsendable).containsExactly(Map.entry(budi.id(), FailureReason.DEVICE_DELETED));
    }

    @Test
    void what_moves_to_somebody_elses_device_fails() {
        // Given
        BroadcastMessage ani = stored(Cast.campaign(Cast.MERAH, Cast.ANI, 1));

        // When
        stage.lead(Cast.ANI, Cast.HIJAU, false);
        reconcileAll();

        // Then
        assertThat(reason(ani)).isEqualTo("wrong_owner");
    }

    @Test
    void a_message_that_comes_after_its_lead_or_device_was_deleted_is_cancelled() {
        // Given
        stage.lead(Cast.ANI, Cast.MERAH, true);
        stage.delete(Cast.BIRU);

        // When
        BroadcastMessage ani = stored(Cast.campaign(Cast.MERAH, Cast.ANI, 1));
        BroadcastMessage budi = stored(Cast.campaign(Cast.BIRU, Cast.BUDI, 1));

        // Then
        assertThat(reason(ani)).isEqualTo("lead_deleted");
        assertThat(reason(budi)).isEqualTo("device_deleted");
    }

    @Test
    void a_message_that_comes_after_its_lead_moved_waits_and_follows_a_minute_later() {
        // Given
        stage.lead(Cast.ANI, Cast.BIRU, false);
        stage.aMinuteLater();
        reconcileAll();

        // When
        BroadcastMessage late = stored(Cast.campaign(Cast.MERAH, Cast.ANI, 1));

        // Then
        assertThat(stage.release().messages()).as("never from the old device").isZero();
        reconcileAll();
        assertThat(device(late)).isEqualTo(Cast.MERAH);
        stage.aMinuteLater();
        reconcileAll();
        assertThat(device(late)).isEqualTo(Cast.BIRU);
    }

    @Test
    void what_went_out_before_a_move_was_known_is_caught_by_the_second_pass() {
        // Given
        stage.lead(Cast.ANI, Cast.BIRU, false);
        reconcileAll();
        BroadcastMessage unseen = stored(Cast.campaign(Cast.MERAH, Cast.BUDI, 1));
        database.run("UPDATE broadcast_messages SET lead_id = $1", Cast.ANI.value());

        // When
        stage.aMinuteLater();
        reconcileAll();

        // Then
        assertThat(device(unseen)).isEqualTo(Cast.BIRU);
        assertThat(stage.rows("SELECT FROM reconciliations")).isEmpty();
    }

    @Test
    void what_was_stored_behind_a_pass_that_took_longer_than_the_minute_is_caught_by_another() {
        // Given
        stage.store(crowd(2 * BATCH, Cast.MERAH));
        BroadcastMessage unseen =
                Cast.campaign(Cast.MERAH, Cast.BUDI, 1, Cast.aMinuteAgo().minusSeconds(3_600));
        database.doInTransaction(fanOut -> {
            store.store(fanOut, List.of(unseen));
            stage.plan(Cast.BLACK_FRIDAY.value(), Cast.AMINAH, PlanStatus.CANCELLED, 1);
            reconciliation.reconcile(BATCH);
        });

        // When
        stage.aMinuteLater();
        reconcileAll();

        // Then
        assertThat(reason(unseen)).isEqualTo("plan_cancelled");
        assertThat(stage.statuses()).containsOnlyKeys("cancelled");
        assertThat(stage.rows("SELECT FROM reconciliations")).isEmpty();
    }

    @Test
    void a_person_with_many_messages_is_reconciled_in_batches() {
        // Given
        stage.store(IntStream.range(0, 2 * BATCH + 7)
                .mapToObj(n -> Cast.direct(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo()))
                .toList());

        // When
        stage.suppress(Cast.AMINAH, Cast.phone(Cast.ANI).digits());
        boolean more = reconciliation.reconcile(BATCH);

        // Then
        assertThat(more).isTrue();
        assertThat(stage.statuses()).containsEntry("failed", (long) BATCH);
        reconcileAll();
        assertThat(stage.statuses()).containsOnlyKeys("failed");
    }

    @Test
    void a_withdrawal_that_races_its_message_is_neither_missed_nor_overtaken() {
        // Given
        BroadcastMessage step = Cast.step(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo());
        database.doInTransaction(outer -> {
            store.store(outer, List.of(step));
            database.doInTransaction(
                    other -> store.withdraw(other, List.of(new Withdraw(step.id(), step.userId(), Cast.BIRU))));
        });
        assertThat(stage.status(step.id())).as("each was blind to the other").isEqualTo("pending");

        // When
        assertThat(stage.release().messages()).as("released although withdrawn").isZero();
        reconcileAll();

        // Then
        assertThat(reason(step)).isEqualTo("withdrawn");
    }

    @Test
    void what_is_past_its_time_in_flight_ends_as_expired_if_it_comes_back() {
        // Given
        BroadcastMessage ani = stored(Cast.campaign(Cast.MERAH, Cast.ANI, 1));
        stage.release();
        database.run("UPDATE broadcast_messages SET expires_at = now(), recall_at = now(), lease_until = now()");

        // When
        open.recall(BATCH, Duration.ofMinutes(1));

        // Then
        assertThat(stage.status(ani.id())).isEqualTo("processing");
        assertThat(stage.row(ani.id()).getString("ending")).isEqualTo("expired");
    }

    @Test
    void a_message_that_the_database_refuses_to_change_keeps_no_other_from_its_end() {
        // Given
        BroadcastMessage refused = Cast.campaign(Cast.MERAH, Cast.ANI, 1);
        BroadcastMessage other = Cast.campaign(Cast.MERAH, Cast.BUDI, 1);
        BroadcastMessage ofAnother = Cast.campaign(Cast.BIRU, Cast.CITRA, 1);
        stage.store(refused, other, ofAnother);
        stage.refuseChangesOf(refused.id());
        stage.suppress(Cast.AMINAH, Cast.phone(Cast.ANI).digits());
        stage.suppress(Cast.AMINAH, Cast.phone(Cast.CITRA).digits());

        // When
        reconcileAll();
        stage.plan(Cast.BLACK_FRIDAY.value(), Cast.AMINAH, PlanStatus.CANCELLED, 1);
        reconcileAll();

        // Then
        assertThat(stage.status(refused.id())).isEqualTo("pending");
        assertThat(stage.row(other.id()).getString("failure_reason")).isEqualTo("plan_cancelled");
        assertThat(stage.row(ofAnother.id()).getString("failure_reason")).isEqualTo("suppressed");
        assertThat(stage.rows("SELECT message_id, times FROM set_aside_messages"))
                .singleElement()
                .satisfies(row -> assertThat(row.getUUID("message_id"))
                        .isEqualTo(refused.id().value()));
    }

    @Test
    void a_plan_that_another_replica_is_at_is_not_blamed_on_the_next_one() {
        // Given
        BroadcastMessage refused = stored(Cast.campaign(Cast.MERAH, Cast.ANI, 1));
        List<BroadcastMessage> others = Stream.of(Cast.BUDI, Cast.CITRA)
                .map(lead -> Cast.step(Cast.BIRU, lead, Cast.aMinuteAgo()))
                .toList();
        stage.store(others);
        stage.refuseChangesOf(refused.id());
        stage.plan(Cast.BLACK_FRIDAY.value(), Cast.AMINAH, PlanStatus.CANCELLED, 1);
        stage.plan(Cast.FITNESS.value(), Cast.AMINAH, PlanStatus.CANCELLED, 1);
        var raced = new RacedSetAside(
                database,
                (refusal, goOn) -> database.doInTransaction(tx -> {
                    tx.run(
                            "SELECT FROM reconciliations WHERE subject = 'plan' AND key = $1 FOR UPDATE",
                            Cast.BLACK_FRIDAY.toString());
                    goOn.run();
                }));
        var replica = new Reconciliation(database, devices, unsent, raced);

        // When
        while (!raced.raced() && replica.reconcile(BATCH)) {
            // until the other replica was faster
        }

        // Then
        assertThat(raced.raced()).isTrue();
        assertThat(stage.rows("SELECT FROM set_aside_messages")).isEmpty();
        while (replica.reconcile(BATCH)) {
            // until nothing is left to be reconciled
        }
        assertThat(others).allSatisfy(other -> assertThat(reason(other)).isEqualTo("plan_cancelled"));
        assertThat(stage.rows("SELECT message_id FROM set_aside_messages"))
                .singleElement()
                .satisfies(row -> assertThat(row.getUUID("message_id"))
                        .isEqualTo(refused.id().value()));
    }

    @Test
    void what_another_replica_put_aside_is_not_blamed_on_the_next_that_expires() {
        // Given
        BroadcastMessage refused = stored(Cast.campaign(Cast.MERAH, Cast.ANI, 1));
        BroadcastMessage other = stored(Cast.campaign(Cast.MERAH, Cast.BUDI, 1));
        database.run("UPDATE broadcast_messages SET expires_at = now() - interval '1 second'");
        database.run(
                "UPDATE broadcast_messages SET expires_at = now() - interval '1 hour' WHERE id = $1",
                refused.id().value());
        stage.refuseChangesOf(refused.id());
        var raced = new RacedSetAside(database, (refusal, goOn) -> {
            database.run(
                    "INSERT INTO set_aside_messages (message_id, engine, reason) VALUES ($1, 'expiry', 'faster')",
                    refused.id().value());
            goOn.run();
        });
        var replica = new OpenMessages(database, unsent, raced);

        // When
        replica.expire(BATCH);
        replica.expire(BATCH);

        // Then
        assertThat(raced.raced()).isTrue();
        assertThat(reason(other)).isEqualTo("expired");
        assertThat(stage.rows("SELECT message_id FROM set_aside_messages"))
                .singleElement()
                .satisfies(row -> assertThat(row.getUUID("message_id"))
                        .isEqualTo(refused.id().value()));
    }

    @Test
    void replicas_that_due_at_once_share_the_work() throws Exception {
        // Given
        stage.store(crowd(40 * BATCH, Cast.MERAH));
        IntStream.range(0, 40 * BATCH)
                .forEach(n -> stage.lead(lead(n), n % 2 == 0 ? Cast.BIRU : Cast.MERAH, n % 5 == 0));

        // When
        try (var replicas = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> both = List.of(replicas.submit(this::reconcileAll), replicas.submit(this::reconcileAll));
            for (Future<?> replica : both) {
                replica.get();
            }
        }
        reconcileAll();

        // Then
        assertThat(stage.statuses()).containsEntry("cancelled", 8L * BATCH).containsEntry("pending", 32L * BATCH);
        assertThat(stage.rows("SELECT FROM broadcast_messages m JOIN leads l ON l.id = m.lead_id"
                        + " WHERE m.status = 'pending' AND m.device_id <> l.device_id"))
                .isEmpty();
        assertThat(counted(Cast.BIRU)).isEqualTo(16L * BATCH);
        stage.assertCountsAddUp();
    }

    private void reconcileAll() {
        while (reconciliation.reconcile(BATCH)) {
            // until nothing is to be reconciled now
        }
    }

    private BroadcastMessage stored(BroadcastMessage message) {
        stage.store(message);
        return message;
    }

    private static List<BroadcastMessage> crowd(int size, DeviceId device) {
        return IntStream.range(0, size)
                .mapToObj(n -> Cast.campaign(device, lead(n), 1))
                .toList();
    }

    private static LeadId lead(int n) {
        return new LeadId(new UUID(0x0190_bbbb_0000_7000L, 0x8000_0000_0001_0000L + n));
    }

    /** As settling does it, without its Kafka. */
    private void comesBack(BroadcastMessage message) {
        database.run(
                "UPDATE broadcast_messages SET status = 'pending', lease_until = NULL, recall_at = NULL, max_pause = NULL"
                        + " WHERE id = $1",
                message.id().value());
        database.run(
                "UPDATE device_queue SET next_due = now() WHERE device_id = $1",
                device(message).value());
    }

    private DeviceId device(BroadcastMessage message) {
        return new DeviceId(stage.row(message.id()).getUUID("device_id"));
    }

    private String reason(BroadcastMessage message) {
        return stage.row(message.id()).getString("failure_reason");
    }

    /** What waits on a device, by the differences of the counts. */
    private long counted(DeviceId device) {
        return stage.rows("SELECT sum(pending)::bigint AS n FROM status_deltas WHERE device_id = $1", device.value())
                .getFirst()
                .getLong("n");
    }
}
