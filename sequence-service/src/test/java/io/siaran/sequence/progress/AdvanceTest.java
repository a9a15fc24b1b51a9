package io.siaran.sequence.progress;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.with;
import static io.siaran.sequence.Fitness.withStep;
import static io.siaran.sequence.Statuses.failed;
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
import io.siaran.model.LeadCommand;
import io.siaran.model.MessageState;
import io.siaran.model.SequenceEvent;
import io.siaran.model.SequenceId;
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

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class AdvanceTest {

    private static final Instant TWO_DAYS_AGO =
            Instant.now().minus(Duration.ofDays(2)).truncatedTo(ChronoUnit.MILLIS);

    @Inject
    Stage stage;

    @Inject
    SettleUnknownSteps unknownSteps;

    private Tenant toko;

    @BeforeEach
    void aUserOfItsOwn() {
        toko = stage.tenant();
    }

    @Test
    void a_walk_fires_each_step_after_the_one_before_was_sent_and_takes_the_trigger_off_at_the_end() {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 7).told();

        // When
        stage.pass();
        BroadcastMessage first = onlyFired(1);
        stage.tell(sent(first, 3, TWO_DAYS_AGO));
        stage.pass();
        BroadcastMessage second = onlyFired(2);
        stage.tell(sent(second, 3, Instant.now()));

        // Then
        assertThat(first.message()).isEqualTo("Day 1 for {{name}}");
        assertThat(second.message()).isEqualTo("Day 2 for {{name}}");
        assertThat(second.scheduledAt()).isEqualTo(TWO_DAYS_AGO.plus(Duration.ofHours(24)));
        assertThat(second.id().planned()).isEqualTo(second.scheduledAt());
        assertThat(stage.contacts(fitness, ani)).isEqualTo("sent sent");
        await().untilAsserted(() -> assertThat(stage.commands(toko))
                .singleElement()
                .isInstanceOfSatisfying(LeadCommand.RemoveTrigger.class, remove -> {
                    assertThat(remove.leadId()).isEqualTo(ani.id());
                    assertThat(remove.trigger()).isEqualTo("fitness_start");
                    assertThat(remove.assignment()).isEqualTo(7);
                }));
        await().untilAsserted(() -> assertThat(stage.events(toko))
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Entered", "Completed"));
    }

    @Test
    void the_second_step_is_not_fired_before_the_first_was_sent() {
        // Given
        SequenceId fitness = toko.sequence(withStep(challenge(2), 1, "trigger_delay_hours", 0));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        BroadcastMessage first = onlyFired(1);

        // When
        stage.tell(status(first, 1, MessageState.PENDING, null, Instant.now()));
        stage.tell(status(first, 2, MessageState.PROCESSING, null, Instant.now()));
        stage.pass();

        // Then
        assertThat(stage.fired(toko)).containsExactly(first);
        assertThat(stage.contacts(fitness, ani)).isEqualTo("active pending");
    }

    @Test
    void statuses_told_twice_or_out_of_order_change_nothing() {
        // Given
        SequenceId fitness = toko.sequence(challenge(3));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        BroadcastMessage first = onlyFired(1);
        stage.tell(sent(first, 3, TWO_DAYS_AGO));

        // When
        stage.tell(status(first, 2, MessageState.PROCESSING, null, Instant.now()));
        stage.tell(failed(first, 2, FailureReason.CONTACT_REJECTED, Instant.now()));
        stage.tell(sent(first, 3, Instant.now()));
        stage.tell(sent(first, 4, Instant.now()));
        stage.pass();

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("sent active pending");
        assertThat(onlyFired(2).scheduledAt()).isEqualTo(TWO_DAYS_AGO.plus(Duration.ofHours(24)));
    }

    @Test
    void a_step_that_failed_is_followed_by_the_next_unless_the_sequence_says_stop() {
        // Given
        SequenceId going = toko.sequence(challenge(2));
        SequenceId stopping = toko.sequence(with(challenge(2), "on_failure", "stop"));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        List<BroadcastMessage> first = stage.fired(toko);

        // When
        first.forEach(message -> stage.tell(failed(message, 2, FailureReason.PROVIDER_FAILED, Instant.now())));

        // Then
        assertThat(first).hasSize(2);
        assertThat(stage.contacts(going, ani)).isEqualTo("failed active");
        assertThat(stage.contacts(stopping, ani)).isEqualTo("failed cancelled");
        await().untilAsserted(() -> assertThat(leftReasons()).containsExactly("step_failed"));
    }

    @Test
    void a_number_that_does_not_exist_stops_the_walk() {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();

        // When
        stage.tell(failed(onlyFired(1), 2, FailureReason.CONTACT_REJECTED, Instant.now()));

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("failed cancelled");
        await().untilAsserted(() -> assertThat(leftReasons()).containsExactly("contact_rejected"));
    }

    @Test
    void a_cancelled_message_takes_the_contact_out() {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();

        // When
        stage.tell(status(onlyFired(1), 2, MessageState.CANCELLED, null, Instant.now()));

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("cancelled cancelled");
        await().untilAsserted(() -> assertThat(leftReasons()).containsExactly("message_cancelled"));
    }

    @Test
    void an_unknown_outcome_is_waited_for_a_day_and_a_late_truth_fires_nothing_again() {
        // Given
        SequenceId fitness = toko.sequence(challenge(3));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        Tenant.Lead budi = toko.lead("Budi").carrying("fitness_start", 1).told();
        stage.pass();
        BroadcastMessage anis = firedFor(ani);
        BroadcastMessage budis = firedFor(budi);
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
        stage.tell(status(firedFor(ani), 2, MessageState.UNKNOWN, null, longAgo.minusSeconds(1)));
        stage.tell(status(firedFor(budi), 2, MessageState.UNKNOWN, null, longAgo));
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
    void an_unknown_outcome_that_turns_out_sent_moves_the_walk_on_from_then() {
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
    void a_time_of_day_is_that_of_the_devices_zone() {
        // Given
        toko.sequence(withStep(challenge(2), 1, "send_at", "09:00"));
        toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();

        // When
        stage.tell(sent(onlyFired(1), 2, Instant.parse("2026-03-02T01:00:07Z")));
        stage.pass();

        // Then
        assertThat(onlyFired(2).scheduledAt()).isEqualTo(Instant.parse("2026-03-03T01:00:00Z"));
    }

    @Test
    void a_sequence_leads_into_the_next_and_a_circle_of_them_ends_after_one_round() {
        // Given
        SequenceId warm = toko.sequence(oneStep("warm", null));
        SequenceId cold = toko.sequence(oneStep("cold", "warm"));
        SequenceId hot = toko.sequence(oneStep("hot", "cold"));
        stage.database().run("UPDATE sequence_steps SET next_trigger = 'hot' WHERE sequence_id = $1", warm.value());
        Tenant.Lead ani = toko.lead("Ani").carrying("cold", 1).told();

        // When
        walkOneStep(ani, 1);
        ani.without("cold").carrying("warm", 1).told();
        walkOneStep(ani, 2);
        ani.without("warm").carrying("hot", 1).told();
        walkOneStep(ani, 3);

        // Then
        assertThat(List.of(cold, warm, hot))
                .allSatisfy(
                        sequence -> assertThat(stage.contacts(sequence, ani)).isEqualTo("sent"));
        await().untilAsserted(() -> assertThat(stage.commands(toko)).hasSize(5));
        assertThat(stage.commands(toko))
                .filteredOn(LeadCommand.AddTrigger.class::isInstance)
                .extracting(LeadCommand::trigger)
                .containsExactly("warm", "hot");
    }

    @Test
    void the_end_of_one_walk_takes_nobody_out_of_another_that_the_same_trigger_began() {
        // Given
        SequenceId brief = toko.sequence(challenge(1));
        SequenceId full = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        Tenant.Lead budi = toko.lead("Budi").carrying("fitness_start", 1).told();
        stage.pass();
        stage.fired(toko).forEach(message -> stage.tell(sent(message, 2, Instant.now())));

        // When
        ani.without("fitness_start").told();
        budi.without("fitness_start").told();
        stage.pass();
        String afterTheTriggerWasTakenOff = stage.contacts(full, ani);
        toko.suppress(ani);
        budi.deleted().told();
        stage.pass();

        // Then
        assertThat(stage.contacts(brief, ani)).isEqualTo("sent");
        assertThat(afterTheTriggerWasTakenOff).isEqualTo("sent active");
        assertThat(stage.contacts(full, ani)).isEqualTo("sent cancelled");
        assertThat(stage.contacts(full, budi)).isEqualTo("sent cancelled");
        await().untilAsserted(() -> assertThat(leftReasons()).containsExactlyInAnyOrder("suppressed", "lead_deleted"));
    }

    private void walkOneStep(Tenant.Lead lead, int soFar) {
        stage.pass();
        List<BroadcastMessage> fired = stage.fired(toko);
        assertThat(fired).hasSize(soFar);
        stage.tell(sent(fired.getLast(), 2, Instant.now()));
    }

    private static Map<String, Object> oneStep(String trigger, String next) {
        return with(withStep(withStep(challenge(1), 0, "trigger", trigger), 0, "next_trigger", next), "trigger", null);
    }

    private BroadcastMessage onlyFired(int count) {
        List<BroadcastMessage> fired = stage.fired(toko);
        assertThat(fired).hasSize(count);
        return fired.getLast();
    }

    private BroadcastMessage firedFor(Tenant.Lead lead) {
        return stage.fired(toko).stream()
                .filter(message -> message.leadId().equals(lead.id()))
                .findFirst()
                .orElseThrow();
    }

    private List<String> leftReasons() {
        return stage.events(toko).stream()
                .filter(SequenceEvent.Left.class::isInstance)
                .map(event -> ((SequenceEvent.Left) event).reason())
                .toList();
    }
}
