package io.siaran.dispatch.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.RacedSetAside;
import io.siaran.dispatch.Stage;
import io.siaran.dispatch.queue.DeviceQueue;
import io.siaran.kafka.Outbox;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.PlanStatus;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class QueueJobsTest {

    @Inject
    Stage stage;

    @Inject
    Database database;

    @Inject
    QueueJobs jobs;

    @Inject
    ReleaseDueMessages release;

    @Inject
    DeviceQueue devices;

    @Inject
    Outbox outbox;

    @Inject
    ReleaseConfig config;

    private BroadcastMessage inFlight;
    private BroadcastMessage waiting;

    @BeforeEach
    void setTheScene() {
        stage.reset();
        inFlight = Cast.campaign(Cast.MERAH, Cast.ANI, 1);
        waiting = Cast.campaign(Cast.MERAH, Cast.BUDI, 1);
        stage.store(inFlight);
        stage.release();
        stage.store(waiting);
    }

    @Test
    void a_cancelled_plan_cancels_what_waits_and_asks_back_what_is_in_flight() {
        // Given
        stage.plan(Cast.BLACK_FRIDAY.value(), Cast.AMINAH, PlanStatus.CANCELLED, 1);

        // When
        jobs.reconcile();

        // Then
        assertThat(stage.row(waiting.id()).getString("failure_reason")).isEqualTo("plan_cancelled");
        assertThat(stage.status(inFlight.id())).isEqualTo("processing");
        assertThat(stage.row(inFlight.id()).getString("ending")).isEqualTo("plan_cancelled");
        assertThat(toRecall()).isOne();
        stage.assertCountsAddUp();
    }

    @Test
    void what_every_message_changes_is_vacuumed() {
        // Given
        long before = vacuums();

        // When
        jobs.vacuum();

        // Then
        await().untilAsserted(() -> assertThat(vacuums()).isEqualTo(before + 2));
    }

    @Test
    void a_paused_plan_parks_what_waits_and_lets_it_go_when_it_goes_on() {
        // Given
        stage.plan(Cast.BLACK_FRIDAY.value(), Cast.AMINAH, PlanStatus.PAUSED, 1);

        // When
        jobs.reconcile();

        // Then
        assertThat(stage.release().messages()).isZero();
        assertThat(stage.row(waiting.id()).getBoolean("parked")).isTrue();
        assertThat(toRecall()).isOne();
        stage.plan(Cast.BLACK_FRIDAY.value(), Cast.AMINAH, PlanStatus.ACTIVE, 1);
        jobs.reconcile();
        assertThat(stage.release().messages()).isOne();
    }

    @Test
    void a_plan_is_reconciled_twice_and_then_left_alone() {
        // Given
        stage.plan(Cast.BLACK_FRIDAY.value(), Cast.AMINAH, PlanStatus.PAUSED, 1);
        jobs.reconcile();
        database.run("UPDATE broadcast_messages SET parked = false WHERE status = 'pending'");

        // When
        stage.aMinuteLater();
        jobs.reconcile();

        // Then
        assertThat(stage.row(waiting.id()).getBoolean("parked")).isTrue();
        assertThat(stage.rows("SELECT FROM reconciliations")).isEmpty();
    }

    @Test
    void a_higher_run_cancels_what_is_unsent_of_lower_ones() {
        // Given
        stage.plan(Cast.BLACK_FRIDAY.value(), Cast.AMINAH, PlanStatus.ACTIVE, 2);

        // When
        jobs.reconcile();

        // Then
        assertThat(stage.row(waiting.id()).getString("failure_reason")).isEqualTo("superseded_run");
        assertThat(stage.row(inFlight.id()).getString("ending")).isEqualTo("superseded_run");
    }

    @Test
    void a_suppressed_persons_messages_are_stopped() {
        // Given
        stage.suppress(Cast.AMINAH, Cast.phone(Cast.BUDI).digits());
        stage.suppress(Cast.AMINAH, Cast.phone(Cast.ANI).digits());

        // When
        jobs.reconcile();

        // Then
        assertThat(stage.row(waiting.id()).getString("failure_reason")).isEqualTo("suppressed");
        assertThat(stage.row(inFlight.id()).getString("ending")).isEqualTo("suppressed");
    }

    @Test
    void what_waited_past_its_time_fails_as_expired() {
        // Given
        database.run("UPDATE broadcast_messages SET expires_at = now() - interval '1 second'");

        // When
        jobs.expire();

        // Then
        assertThat(stage.row(waiting.id()).getString("failure_reason")).isEqualTo("expired");
        assertThat(stage.status(inFlight.id())).isEqualTo("processing");
    }

    @Test
    void what_the_database_refuses_to_end_keeps_nothing_else_from_expiring() {
        // Given
        BroadcastMessage refused = Cast.campaign(Cast.MERAH, Cast.ANI, 1);
        BroadcastMessage other = Cast.campaign(Cast.MERAH, Cast.BUDI, 1);
        stage.store(refused, other);
        database.run("UPDATE broadcast_messages SET expires_at = now() - interval '1 second'");
        stage.refuseChangesOf(refused.id());

        // When
        jobs.expire();

        // Then
        assertThat(stage.status(other.id())).isEqualTo("failed");
        assertThat(stage.rows("SELECT FROM set_aside_messages WHERE engine = 'expiry'"))
                .hasSize(1);
    }

    @Test
    void a_device_whose_next_message_the_database_refuses_keeps_no_other_silent() {
        // Given
        BroadcastMessage refused = Cast.campaign(Cast.MERAH, Cast.ANI, 1);
        BroadcastMessage other = Cast.campaign(Cast.BIRU, Cast.BUDI, 1);
        stage.store(refused, other);
        stage.refuseChangesOf(refused.id());

        // When
        int released = release.releaseAll();

        // Then
        assertThat(released).isOne();
        assertThat(stage.status(other.id())).isEqualTo("processing");
        assertThat(stage.rows(
                        "SELECT FROM device_queue WHERE next_due > now() + interval '50 seconds'"
                                + " AND next_due < 'infinity' AND device_id = $1",
                        Cast.MERAH.value()))
                .hasSize(1);
    }

    @Test
    void a_device_that_another_replica_is_at_is_not_blamed_on_the_next_one() {
        // Given
        BroadcastMessage refused = Cast.campaign(Cast.MERAH, Cast.ANI, 1);
        BroadcastMessage other = Cast.campaign(Cast.BIRU, Cast.BUDI, 1);
        stage.store(refused, other);
        stage.refuseChangesOf(refused.id());
        var raced = new RacedSetAside(
                database,
                (refusal, goOn) -> database.doInTransaction(tx -> {
                    tx.run("SELECT FROM device_queue WHERE device_id = $1 FOR UPDATE", Cast.MERAH.value());
                    goOn.run();
                }));

        // When
        int released = new ReleaseDueMessages(database, devices, outbox, raced, config, new SimpleMeterRegistry())
                .releaseAll();

        // Then
        assertThat(raced.raced()).isTrue();
        assertThat(released).isOne();
        assertThat(stage.status(other.id())).isEqualTo("processing");
    }

    @Test
    void what_comes_back_during_a_reconciliation_follows_its_lead_without_waiting_for_the_next() throws Exception {
        // Given
        stage.plan(Cast.BLACK_FRIDAY.value(), Cast.AMINAH, PlanStatus.CANCELLED, 1);
        BroadcastMessage returned = Cast.direct(Cast.MERAH, Cast.CITRA, Cast.aMinuteAgo());
        stage.store(returned);

        // When
        try (var replica = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> reconciliation = database.inTransaction(settling -> {
                settling.run(
                        "SELECT FROM broadcast_messages WHERE id = $1 FOR UPDATE",
                        waiting.id().value());
                Future<?> begun = replica.submit(jobs::reconcile);
                await().until(() -> !stage.rows("SELECT FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND wait_event_type = 'Lock'")
                        .isEmpty());
                settling.run(
                        "UPDATE broadcast_messages SET moving_to = $2 WHERE id = $1",
                        returned.id().value(),
                        Cast.BIRU.value());
                return begun;
            });
            reconciliation.get();
        }

        // Then
        assertThat(stage.row(returned.id()).getUUID("device_id")).isEqualTo(Cast.BIRU.value());
    }

    private int toRecall() {
        return stage.rows("SELECT FROM broadcast_messages WHERE recall_at <= now()")
                .size();
    }

    private long vacuums() {
        return stage.rows("SELECT sum(vacuum_count)::bigint AS n FROM pg_stat_user_tables"
                        + " WHERE relname IN ('device_queue', 'status_deltas')")
                .getFirst()
                .getLong("n");
    }
}
