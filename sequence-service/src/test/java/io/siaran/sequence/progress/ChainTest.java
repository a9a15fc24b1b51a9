package io.siaran.sequence.progress;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.with;
import static io.siaran.sequence.Fitness.withStep;
import static io.siaran.sequence.Statuses.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.LeadCommand;
import io.siaran.model.SequenceEvent;
import io.siaran.model.SequenceId;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where one sequence leads into another, and where one trigger begins several. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ChainTest {

    @Inject
    Stage stage;

    private Tenant toko;

    @BeforeEach
    void aUserOfItsOwn() {
        toko = stage.tenant();
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
        goThroughOneStep(ani, 1);
        ani.without("cold").carrying("warm", 1).told();
        goThroughOneStep(ani, 2);
        ani.without("warm").carrying("hot", 1).told();
        goThroughOneStep(ani, 3);

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
    void who_is_inside_what_a_second_sequence_leads_into_stays_there_and_is_given_no_newer_trigger() {
        // Given
        SequenceId warm = toko.sequence(with(withStep(challenge(2), 0, "trigger", "warm"), "trigger", null));
        toko.sequence(oneStep("promo", "warm"));
        toko.sequence(oneStep("promo", "warm"));
        Tenant.Lead ani = toko.lead("Ani").carrying("promo", 1).told();
        stage.pass();
        List<BroadcastMessage> promos = stage.fired(toko);
        stage.tell(sent(promos.getFirst(), 2, Instant.now()));
        ani.without("promo").carrying("warm", 1).told();
        stage.pass();

        // When
        stage.tell(sent(promos.getLast(), 2, Instant.now()));

        // Then
        await().untilAsserted(() -> assertThat(stage.events(toko))
                .filteredOn(SequenceEvent.Completed.class::isInstance)
                .hasSize(2));
        assertThat(given()).containsExactly("warm beyond 0");
        assertThat(stage.contacts(warm, ani)).isEqualTo("active pending");
    }

    @Test
    void what_gives_a_trigger_says_which_assignment_was_used_so_that_two_ends_at_once_let_in_once() {
        // Given
        SequenceId warm = toko.sequence(with(oneStep("warm", null), "allow_reentry", true));
        toko.sequence(oneStep("promo", "warm"));
        toko.sequence(oneStep("promo", "warm"));
        Tenant.Lead ani = toko.lead("Ani").carrying("promo", 1).told();
        Tenant.Lead budi = toko.lead("Budi").carrying("warm", 3).told();
        stage.pass();
        toko.as("operator").delete("/api/v1/sequences/" + warm + "/contacts/" + budi.id());
        budi.carrying("promo", 1).told();
        stage.pass();

        // When
        stage.fired(toko).stream()
                .filter(message -> !message.sequenceId().equals(warm))
                .forEach(message -> stage.tell(sent(message, 2, Instant.now())));

        // Then
        await().untilAsserted(() -> assertThat(given())
                .containsExactlyInAnyOrder("warm beyond 0", "warm beyond 0", "warm beyond 3", "warm beyond 3"));
    }

    private List<String> given() {
        return stage.commands(toko).stream()
                .filter(LeadCommand.AddTrigger.class::isInstance)
                .map(LeadCommand.AddTrigger.class::cast)
                .map(add -> add.trigger() + " beyond " + add.usedUpTo())
                .toList();
    }

    @Test
    void the_end_of_one_enrolment_takes_nobody_out_of_another_that_the_same_trigger_began() {
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
        await().untilAsserted(() ->
                assertThat(stage.leftReasons(toko)).containsExactlyInAnyOrder("suppressed", "lead_deleted"));
    }

    private void goThroughOneStep(Tenant.Lead lead, int soFar) {
        stage.pass();
        List<BroadcastMessage> fired = stage.fired(toko);
        assertThat(fired).hasSize(soFar);
        stage.tell(sent(fired.getLast(), 2, Instant.now()));
    }

    private static Map<String, Object> oneStep(String trigger, String next) {
        return with(withStep(withStep(challenge(1), 0, "trigger", trigger), 0, "next_trigger", next), "trigger", null);
    }
}
