package io.siaran.sequence.firing;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.SequenceId;
import io.siaran.sequence.Crowd;
import io.siaran.sequence.Held;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import io.siaran.sequence.enrolment.EndEnrolments;
import io.siaran.sequence.enrolment.Exit;
import io.siaran.sequence.enrolment.LeftReason;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** So many walks end at once that they are cancelled in three parts, while their steps are marked fired. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class TakenOutWhileFiringTest {

    private static final int WALKS = 401;
    private static final String MARK = Sql.load(FireDueSteps.class, "mark-fired.sql");
    private static final String GATE = "SELECT pg_advisory_xact_lock(hashtext('held exits'))";

    @Inject
    Stage stage;

    @Inject
    FireDueSteps firing;

    @Inject
    EndEnrolments endEnrolments;

    private Tenant toko;
    private Crowd crowd;

    @BeforeEach
    void leasedSteps() {
        stage.pass();
        toko = stage.tenant();
        SequenceId fitness = toko.sequence(with(challenge(1), "trigger", "crowd"));
        crowd = Crowd.store(stage, toko, fitness, toko.merah(), WALKS);
        firing.lease();
        cancelledRowsWaitAtTheGate();
    }

    @AfterEach
    void theCrowdIsGone() {
        stage.database().run("DROP TRIGGER IF EXISTS held_exits ON sequence_contacts");
        crowd.removed();
    }

    @Test
    void neither_waits_for_the_other_in_a_circle() throws Exception {
        // Given
        List<UUID> steps = ids("SELECT id FROM sequence_contacts WHERE user_id = $1 ORDER BY id");

        // When
        CompletableFuture<Void> ending;
        CompletableFuture<Void> marking;
        try (Held _ = new Held(stage.database(), tx -> tx.run(GATE))) {
            ending = begun(this::endAll);
            await().atMost(Duration.ofSeconds(30)).until(() -> somebodyWaitsFor("advisory"));
            marking = begun(tx -> tx.run(MARK, (Object) fromTheFirstFree(steps).toArray(UUID[]::new)));
            await().atMost(Duration.ofSeconds(30)).until(() -> somebodyWaitsFor("transactionid"));
        }

        // Then
        marking.get(60, TimeUnit.SECONDS);
        ending.get(60, TimeUnit.SECONDS);
        assertThat(
                        ids(
                                "SELECT id FROM sequence_contacts WHERE user_id = $1 AND status = 'cancelled' AND fired_at IS NOT NULL"))
                .hasSameSizeAs(steps);
    }

    /** The first that it marks is free, where any is: so it has one that the other needs still before it waits for that one. */
    private List<UUID> fromTheFirstFree(List<UUID> steps) {
        List<UUID> free = ids("SELECT id FROM sequence_contacts WHERE user_id = $1 ORDER BY id FOR UPDATE SKIP LOCKED");
        return free.isEmpty() ? steps : steps.subList(steps.indexOf(free.getFirst()), steps.size());
    }

    private void endAll(Tx tx) {
        List<Exit> exits = new ArrayList<>();
        tx.run(
                        "SELECT id FROM enrolments WHERE user_id = $1 ORDER BY id FOR UPDATE",
                        toko.user().value())
                .forEach(row -> exits.add(new Exit(row.getUUID("id"), LeftReason.TAKEN_OUT)));
        endEnrolments.end(tx, exits);
    }

    /** Waits for locks as long as the test needs. */
    private CompletableFuture<Void> begun(Consumer<Tx> work) {
        return CompletableFuture.runAsync(
                () -> stage.database().doInTransaction(tx -> {
                    tx.run("SET LOCAL lock_timeout = '2min'");
                    work.accept(tx);
                }),
                Thread::startVirtualThread);
    }

    /** What has cancelled some of them waits, with what it has locked, until the gate opens. */
    private void cancelledRowsWaitAtTheGate() {
        stage.database().run("""
                CREATE OR REPLACE FUNCTION wait_at_the_gate() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  PERFORM pg_advisory_xact_lock_shared(hashtext('held exits'));
                  RETURN NULL;
                END
                $$
                """);
        stage.database()
                .run("CREATE OR REPLACE TRIGGER held_exits AFTER UPDATE OF status ON sequence_contacts FOR EACH ROW"
                        + " WHEN (new.status = 'cancelled' AND new.user_id = '%s') EXECUTE FUNCTION wait_at_the_gate()"
                                .formatted(toko.user().value()));
    }

    private boolean somebodyWaitsFor(String what) {
        return stage.database()
                        .run(
                                "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
                                        + " AND wait_event = $1",
                                what)
                        .rowCount()
                > 0;
    }

    private List<UUID> ids(String sql) {
        List<UUID> ids = new ArrayList<>();
        stage.database().run(sql, toko.user().value()).forEach(row -> ids.add(row.getUUID("id")));
        return ids;
    }
}
