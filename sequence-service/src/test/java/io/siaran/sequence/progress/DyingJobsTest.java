package io.siaran.sequence.progress;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.withStep;
import static io.siaran.sequence.Statuses.sent;
import static io.siaran.sequence.Statuses.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.FailureReason;
import io.siaran.model.MessageState;
import io.siaran.model.MessageStatus;
import io.siaran.model.SequenceId;
import io.siaran.sequence.Crash;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Statuses;
import io.siaran.sequence.Tenant;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The jobs that move walks by themselves, on instances that die at whichever of their statements. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class DyingJobsTest {

    private static final int CROWD = 20;

    @Inject
    Stage stage;

    @Inject
    StatusIntake statuses;

    @Inject
    FollowEdits edits;

    @Inject
    SettleUnknownSteps unknown;

    @Inject
    SendStrandedSteps stranded;

    private Tenant toko;
    private SequenceId fitness;
    private List<Tenant.Lead> crowd;

    @BeforeEach
    void theFirstStepsOfACrowdAreOut() {
        edits.run();
        unknown.run();
        stranded.run();
        toko = stage.tenant();
        fitness = toko.sequence(challenge(3));
        crowd = toko.crowd(CROWD, "fitness_start");
        stage.pass();
    }

    @ParameterizedTest
    @CsvSource({"sequence_contacts, UPDATE", "sequence_contacts, INSERT"})
    void an_edit_is_followed_once(String table, String statement) {
        // Given
        waitsForTheSecondStepAndThatIsPutOff();

        // When
        dies(table, statement, edits::run);
        edits.run();
        edits.run();

        // Then
        assertThat(waits()).hasSize(CROWD).containsOnly(Duration.ofHours(36));
        everybodyIs("sent active pending");
    }

    @ParameterizedTest
    @CsvSource({"sequence_contacts, UPDATE", "sequence_contacts, INSERT"})
    void a_step_that_stays_unknown_is_settled_once(String table, String statement) {
        // Given
        Instant twoDaysAgo = Instant.now().minus(Duration.ofDays(2));
        tell(message -> status(message, 2, MessageState.UNKNOWN, null, twoDaysAgo));

        // When
        dies(table, statement, unknown::run);
        unknown.run();
        unknown.run();

        // Then
        everybodyIs("unknown active pending");
    }

    @Test
    void a_stranded_step_goes_out_once() {
        // Given
        endsWithItsDeviceAndMoves();

        // When
        dies("sequence_contacts", "UPDATE", stranded::run);
        stranded.run();
        stranded.run();
        stage.pass();

        // Then
        assertThat(stage.fired(toko)).hasSize(2 * CROWD);
        everybodyIs("active pending pending");
    }

    private void waitsForTheSecondStepAndThatIsPutOff() {
        tell(message -> sent(message, 2, Instant.now()));
        toko.as("operator")
                .body(withStep(challenge(3), 1, "trigger_delay_hours", 36))
                .put("/api/v1/sequences/" + fitness)
                .then()
                .statusCode(200);
    }

    private void endsWithItsDeviceAndMoves() {
        tell(message -> Statuses.inDoubt(message, 2, MessageState.CANCELLED, FailureReason.DEVICE_DELETED, false));
        toko.delete(toko.merah());
        crowd.forEach(lead -> lead.on(toko.biru()));
        toko.tell(crowd);
    }

    private void tell(Function<BroadcastMessage, MessageStatus> what) {
        statuses.apply(stage.fired(toko).stream().map(what).toList());
    }

    private void dies(String table, String statement, Runnable job) {
        try (Crash _ = new Crash(stage.database(), table, statement)) {
            assertThatThrownBy(job::run).hasMessageContaining(Crash.MESSAGE);
        }
    }

    private void everybodyIs(String statuses) {
        assertThat(crowd)
                .allSatisfy(lead -> assertThat(stage.contacts(fitness, lead)).isEqualTo(statuses));
    }

    /** How long after the step before those are due that are under way. */
    private List<Duration> waits() {
        return StreamSupport.stream(
                        stage.database()
                                .run(
                                        "SELECT extract(epoch FROM next_trigger_time - waits_since)::bigint AS seconds FROM sequence_contacts"
                                                + " WHERE user_id = $1 AND status = 'active'",
                                        toko.user().value())
                                .spliterator(),
                        false)
                .map(row -> Duration.ofSeconds(row.getLong("seconds")))
                .toList();
    }
}
