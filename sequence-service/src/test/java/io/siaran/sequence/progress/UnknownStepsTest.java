package io.siaran.sequence.progress;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.with;
import static io.siaran.sequence.Fitness.withStep;
import static io.siaran.sequence.Statuses.failed;
import static io.siaran.sequence.Statuses.inDoubt;
import static io.siaran.sequence.Statuses.sent;
import static io.siaran.sequence.Statuses.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.FailureReason;
import io.siaran.model.MessageState;
import io.siaran.model.SequenceId;
import io.siaran.model.Withdraw;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Steps whose outcome nobody knows. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class UnknownStepsTest {

    private static final Instant TWO_DAYS_AGO =
            Instant.now().minus(Duration.ofDays(2)).truncatedTo(ChronoUnit.MILLIS);

    @Inject
    Stage stage;

    @Inject
    SettleUnknownSteps unknownSteps;

    @Inject
    SendStrandedSteps stranded;

    @Inject
    StatusIntake intake;

    private Tenant toko;

    @BeforeEach
    void aUserOfItsOwn() {
        toko = stage.tenant();
    }

    @Test
    void an_unknown_outcome_is_waited_for_a_day_and_a_late_truth_fires_nothing_again() {
        // Given
        SequenceId fitness = toko.sequence(challenge(3));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        Tenant.Lead budi = toko.lead("Budi").carrying("fitness_start", 1).told();
        stage.pass();
        BroadcastMessage anis = stage.firedFor(ani, toko);
        BroadcastMessage budis = stage.firedFor(budi, toko);
        stage.tell(status(anis, 2, MessageState.UNKNOWN, null, Instant.now().minus(Duration.ofHours(25))));
        stage.tell(status(budis, 2, MessageState.UNKNOWN, null, Instant.now().minus(Duration.ofHours(23))));

        // When
        unknownSteps.run();
        stage.tell(sent(anis, 3, TWO_DAYS_AGO));
        stage.pass();

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("sent active pending");
        assertThat(stage.contacts(fitness, budi)).isEqualTo("unknown pending pending");
        assertThat(stage.fired(toko)).hasSize(3);
    }

    @Test
    void an_unknown_step_that_cannot_be_followed_is_set_aside_and_holds_up_nobody() {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        Tenant.Lead budi = toko.lead("Budi").carrying("fitness_start", 1).told();
        stage.pass();
        Instant longAgo = Instant.now().minus(Duration.ofHours(25));
        stage.tell(status(stage.firedFor(ani, toko), 2, MessageState.UNKNOWN, null, longAgo.minusSeconds(1)));
        stage.tell(status(stage.firedFor(budi, toko), 2, MessageState.UNKNOWN, null, longAgo));
        stage.database()
                .run(
                        "UPDATE enrolments SET time_zone = 'Mars/Olympus' WHERE lead_id = $1",
                        ani.id().value());

        // When
        unknownSteps.run();

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("unknown pending");
        assertThat(stage.contacts(fitness, budi)).isEqualTo("unknown active");
        assertThat(stage.database()
                        .run(
                                "SELECT set_aside_reason FROM sequence_contacts WHERE lead_id = $1 AND set_aside_until > now()",
                                ani.id().value()))
                .singleElement()
                .satisfies(row -> assertThat(row.getString(0)).contains("Mars/Olympus"));
    }

    @Test
    void an_unknown_outcome_that_turns_out_sent_moves_the_enrolment_on_from_then() {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        BroadcastMessage first = onlyFired(1);
        stage.tell(status(first, 2, MessageState.UNKNOWN, null, Instant.now()));

        // When
        stage.tell(sent(first, 3, TWO_DAYS_AGO));
        stage.pass();

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("sent active");
        assertThat(onlyFired(2).scheduledAt()).isEqualTo(TWO_DAYS_AGO.plus(Duration.ofHours(24)));
    }

    @Test
    void a_retried_step_holds_the_next_one_back_however_long_it_takes() {
        // Given
        SequenceId fitness = toko.sequence(atOnce());
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        BroadcastMessage first = onlyFired(1);
        stage.tell(status(first, 2, MessageState.UNKNOWN, null, TWO_DAYS_AGO));

        // When
        stage.tell(status(first, 3, MessageState.PENDING, null, Instant.now()));
        unknownSteps.run();
        stage.pass();

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("active pending");
        assertThat(stage.fired(toko)).hasSize(1);
        stage.tell(sent(first, 4, Instant.now()));
        stage.pass();
        assertThat(stage.contacts(fitness, ani)).isEqualTo("sent active");
        assertThat(stage.fired(toko)).hasSize(2);
    }

    @Test
    void a_step_that_is_retried_after_the_walk_went_on_takes_the_next_one_back_while_that_is_not_out() {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        BroadcastMessage first = onlyFired(1);
        stage.tell(failed(first, 2, FailureReason.PROVIDER_FAILED, Instant.now()));
        assertThat(stage.contacts(fitness, ani)).isEqualTo("failed active");

        // When
        stage.tell(status(first, 3, MessageState.PENDING, null, Instant.now()));

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("active pending");
        stage.tell(sent(first, 4, TWO_DAYS_AGO));
        assertThat(stage.contacts(fitness, ani)).isEqualTo("sent active");
    }

    /** Of the statuses of one batch, or of two partitions, only the newest is looked at: the retry itself is not seen. */
    @ParameterizedTest
    @EnumSource(names = {"FAILED", "UNKNOWN"})
    void a_retry_of_which_only_the_end_is_seen_moves_the_next_step_as_well(MessageState before) {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        BroadcastMessage first = onlyFired(1);
        FailureReason reason = before == MessageState.FAILED ? FailureReason.PROVIDER_FAILED : null;
        stage.tell(status(first, 2, before, reason, TWO_DAYS_AGO));
        unknownSteps.run();
        assertThat(stage.contacts(fitness, ani)).endsWith("active");

        // When
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        intake.apply(List.of(status(first, 3, MessageState.PENDING, null, now), sent(first, 4, now)));
        stage.pass();

        // Then
        onlyFired(1);
        assertThat(stage.contacts(fitness, ani)).isEqualTo("sent active");
        assertThat(dueOfWhatIsActive(ani)).isEqualTo(now.plus(Duration.ofHours(24)));
    }

    @Test
    void a_failed_step_whose_retry_may_have_been_sent_holds_the_next_one_back_until_that_is_settled() {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        BroadcastMessage first = onlyFired(1);
        stage.tell(failed(first, 2, FailureReason.PROVIDER_FAILED, TWO_DAYS_AGO));

        // When
        Instant lost = TWO_DAYS_AGO.plus(Duration.ofHours(23));
        intake.apply(List.of(status(first, 4, MessageState.UNKNOWN, null, lost)));
        stage.pass();

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("unknown pending");
        unknownSteps.run();
        assertThat(stage.contacts(fitness, ani)).isEqualTo("unknown active");
        assertThat(dueOfWhatIsActive(ani)).isEqualTo(lost.plus(Duration.ofHours(24)));
    }

    @Test
    void a_retry_that_was_sent_when_the_next_step_is_out_already_changes_its_own_count_alone() {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        BroadcastMessage first = onlyFired(1);
        stage.tell(failed(first, 2, FailureReason.PROVIDER_FAILED, TWO_DAYS_AGO));
        stage.pass();
        onlyFired(2);

        // When
        stage.tell(sent(first, 4, Instant.now()));
        stage.pass();

        // Then
        onlyFired(2);
        assertThat(stage.contacts(fitness, ani)).isEqualTo("sent active");
    }

    @Test
    void a_step_that_the_walk_went_past_is_withdrawn_when_the_next_one_goes_out_and_when_it_is_retried_after_all() {
        // Given
        SequenceId fitness = toko.sequence(atOnce());
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        BroadcastMessage first = onlyFired(1);
        stage.tell(status(first, 2, MessageState.UNKNOWN, null, TWO_DAYS_AGO));
        unknownSteps.run();
        Withdraw withdrawal = new Withdraw(first.id(), toko.user(), toko.merah());

        // When
        stage.pass();

        // Then
        onlyFired(2);
        assertThat(stage.withdrawn(toko)).containsExactly(withdrawal);
        stage.tell(status(first, 3, MessageState.PENDING, null, Instant.now()));
        await().untilAsserted(() -> assertThat(stage.withdrawn(toko)).containsExactly(withdrawal, withdrawal));
        assertThat(stage.contacts(fitness, ani)).isEqualTo("unknown active");
    }

    @Test
    void a_walk_that_stops_at_an_unknown_step_withdraws_it() {
        // Given
        SequenceId fitness = toko.sequence(with(challenge(2), "on_unknown", "stop"));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        BroadcastMessage first = onlyFired(1);
        stage.tell(status(first, 2, MessageState.UNKNOWN, null, TWO_DAYS_AGO));

        // When
        unknownSteps.run();

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("unknown cancelled");
        await().untilAsserted(() ->
                assertThat(stage.withdrawn(toko)).containsExactly(new Withdraw(first.id(), toko.user(), toko.merah())));
        await().untilAsserted(() -> assertThat(stage.leftReasons(toko)).containsExactly("step_unknown"));
    }

    @Test
    void a_step_that_ended_with_its_device_goes_out_once_its_lead_is_on_another() {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        BroadcastMessage first = onlyFired(1);
        toko.delete(toko.merah());
        stage.tell(status(first, 2, MessageState.CANCELLED, FailureReason.DEVICE_DELETED, Instant.now()));
        stranded.run();
        stage.pass();
        onlyFired(1);

        // When
        ani.on(toko.biru()).told();
        stranded.run();
        stage.pass();

        // Then
        BroadcastMessage again = onlyFired(2);
        assertThat(again.deviceId()).isEqualTo(toko.biru());
        assertThat(again.contactId()).isEqualTo(first.contactId());
        assertThat(again.id()).isNotEqualTo(first.id());
        stage.tell(sent(again, 1, Instant.now()));
        assertThat(stage.contacts(fitness, ani)).isEqualTo("sent active");
    }

    /** The queue follows a lead as well: what ended with a device need not be the one that the step was given to. */
    @Test
    void a_step_that_ended_with_another_device_goes_out_once_its_lead_is_back_on_the_first() {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        BroadcastMessage first = onlyFired(1);
        ani.on(toko.biru()).told();
        toko.delete(toko.biru());
        stage.tell(status(first, 2, MessageState.CANCELLED, FailureReason.DEVICE_DELETED, Instant.now()));
        stranded.run();
        stage.pass();
        onlyFired(1);

        // When
        ani.on(toko.merah()).told();
        stranded.run();
        stage.pass();

        // Then
        BroadcastMessage again = onlyFired(2);
        assertThat(again.deviceId()).isEqualTo(toko.merah());
        assertThat(again.id()).isNotEqualTo(first.id());
        stage.tell(sent(again, 1, Instant.now()));
        assertThat(stage.contacts(fitness, ani)).isEqualTo("sent active");
    }

    @Test
    void a_step_that_may_have_been_sent_before_its_device_was_deleted_does_not_go_out_from_another() {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        BroadcastMessage first = onlyFired(1);
        stage.tell(status(first, 2, MessageState.UNKNOWN, null, Instant.now()));
        stage.tell(status(first, 3, MessageState.PENDING, null, Instant.now()));
        stage.tell(status(first, 4, MessageState.CANCELLED, FailureReason.DEVICE_DELETED, Instant.now()));

        // When
        ani.on(toko.biru()).told();
        stranded.run();
        stage.pass();

        // Then
        onlyFired(1);
        assertThat(stage.contacts(fitness, ani)).isEqualTo("cancelled active");
    }

    /** Of the statuses of one batch, or of two partitions, only the newest is looked at: each says it. */
    @Test
    void a_step_of_which_only_the_last_status_is_seen_does_not_go_out_from_another_device_when_dispatch_doubts() {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        BroadcastMessage first = onlyFired(1);

        // When
        intake.apply(List.of(
                inDoubt(first, 2, MessageState.UNKNOWN, null, true),
                inDoubt(first, 3, MessageState.PENDING, null, true),
                inDoubt(first, 4, MessageState.CANCELLED, FailureReason.DEVICE_DELETED, true)));
        ani.on(toko.biru()).told();
        stranded.run();
        stage.pass();

        // Then
        onlyFired(1);
        assertThat(stage.contacts(fitness, ani)).isEqualTo("cancelled active");
    }

    @Test
    void a_step_that_was_unknown_and_provably_did_not_go_out_goes_out_from_another_device() {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        BroadcastMessage first = onlyFired(1);

        // When
        intake.apply(List.of(inDoubt(first, 2, MessageState.UNKNOWN, null, true)));
        intake.apply(List.of(inDoubt(first, 4, MessageState.CANCELLED, FailureReason.DEVICE_DELETED, false)));
        ani.on(toko.biru()).told();
        stranded.run();
        stage.pass();

        // Then
        onlyFired(2);
        assertThat(stage.contacts(fitness, ani)).isEqualTo("active pending");
    }

    @Test
    void a_stranded_step_in_doubt_stays_where_it_is() {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        BroadcastMessage first = onlyFired(1);
        stage.tell(status(first, 2, MessageState.CANCELLED, FailureReason.DEVICE_DELETED, Instant.now()));
        stage.database()
                .run(
                        "UPDATE sequence_contacts SET in_doubt = true WHERE message_id = $1",
                        first.id().value());

        // When
        ani.on(toko.biru()).told();
        stranded.run();
        stage.pass();

        // Then
        onlyFired(1);
        assertThat(stage.contacts(fitness, ani)).isEqualTo("cancelled pending");
    }

    /** Two steps without a wait between them. */
    private static Map<String, Object> atOnce() {
        return withStep(challenge(2), 1, "trigger_delay_hours", 0);
    }

    private Instant dueOfWhatIsActive(Tenant.Lead lead) {
        return stage.database()
                .run(
                        "SELECT next_trigger_time FROM sequence_contacts WHERE lead_id = $1 AND status = 'active'",
                        lead.id().value())
                .iterator()
                .next()
                .getOffsetDateTime(0)
                .toInstant();
    }

    private BroadcastMessage onlyFired(int count) {
        List<BroadcastMessage> fired = stage.fired(toko);
        assertThat(fired).hasSize(count);
        return fired.getLast();
    }
}
