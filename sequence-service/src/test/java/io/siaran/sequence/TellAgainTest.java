package io.siaran.sequence;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.with;
import static io.siaran.sequence.Fitness.withStep;
import static io.siaran.sequence.Statuses.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.LeadCommand;
import io.siaran.model.MessageState;
import io.siaran.model.Plan;
import io.siaran.model.SequenceId;
import io.siaran.model.Withdraw;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator calls after a restore: what was asked of others and not read is asked again, the very same. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class TellAgainTest {

    @Inject
    Stage stage;

    private Tenant toko;

    @BeforeEach
    void aUserOfItsOwn() {
        toko = stage.tenant();
    }

    @Test
    void the_end_of_a_walk_asks_for_the_same_triggers_by_the_same_ids() {
        // Given
        toko.sequence(oneStep("warm", null));
        toko.sequence(oneStep("cold", "warm"));
        toko.lead("Ani").carrying("cold", 1).told();
        stage.pass();
        stage.tell(sent(stage.fired(toko).getLast(), 2, Instant.now()));
        List<LeadCommand> asked = await().until(() -> stage.commands(toko), all -> all.size() == 2);

        // When
        stage.database().run("CALL tell_again()");

        // Then
        await().untilAsserted(() -> assertThat(stage.commands(toko)).hasSize(4));
        assertThat(stage.commands(toko).subList(2, 4)).isEqualTo(asked);
    }

    @Test
    void a_trigger_that_has_let_the_lead_in_since_is_not_given_again_whoever_has_forgotten_it() {
        // Given
        goThroughBoth(toko.lead("Ani"));

        // When
        stage.database().run("CALL tell_again(interval '13 days')");

        // Then
        await().untilAsserted(() -> assertThat(triggers()).hasSizeGreaterThan(4).endsWith("-warm"));
        assertThat(triggers()).containsExactly("-cold", "+warm", "-warm", "-cold", "-warm");
    }

    @Test
    void a_trigger_of_which_nobody_can_say_whether_it_has_let_the_lead_in_is_not_given_again() {
        // Given
        Tenant.Lead ani = toko.lead("Ani");
        goThroughBoth(ani);
        stage.database()
                .run(
                        "UPDATE enrolments SET used_up_to = NULL WHERE lead_id = $1",
                        ani.id().value());

        // When
        stage.database().run("CALL tell_again()");

        // Then
        await().untilAsserted(() -> assertThat(triggers()).hasSizeGreaterThan(4).endsWith("-warm"));
        assertThat(triggers()).containsExactly("-cold", "+warm", "-warm", "-cold", "-warm");
    }

    @Test
    void what_was_asked_longer_ago_than_campaign_service_remembers_is_not_asked_again() {
        // When
        assertThatThrownBy(() -> stage.database().run("CALL tell_again(interval '20 days')"))
                .hasMessageContaining("may be 14 days");
    }

    @Test
    void a_walk_that_was_left_has_its_messages_withdrawn_again_and_an_old_one_does_not() {
        // Given
        toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        Tenant.Lead budi = toko.lead("Budi").carrying("fitness_start", 1).told();
        stage.pass();
        ani.deleted().told();
        budi.deleted().told();
        stage.pass();
        await().untilAsserted(() -> assertThat(stage.withdrawn(toko)).hasSize(2));
        stage.database()
                .run(
                        "UPDATE enrolments SET ended_at = ended_at - interval '8 days' WHERE lead_id = $1",
                        budi.id().value());

        // When
        stage.database().run("CALL tell_again()");

        // Then
        Object withdrawn = stage.firedFor(ani, toko).id();
        await().untilAsserted(() -> assertThat(stage.withdrawn(toko))
                .extracting(Withdraw::id)
                .hasSize(3)
                .filteredOn(withdrawn::equals)
                .hasSize(2));
    }

    @Test
    void a_plan_is_told_above_every_version_that_was_told() {
        // Given
        SequenceId sequence = toko.sequence(challenge(1));
        toko.deactivate(sequence);
        List<Plan> before = await().until(() -> stage.plans(toko), all -> all.size() == 2);

        // When
        stage.database().run("CALL tell_again()");

        // Then
        await().untilAsserted(() -> assertThat(stage.plans(toko)).hasSize(3));
        assertThat(stage.plans(toko).getLast())
                .usingRecursiveComparison()
                .ignoringFields("version")
                .isEqualTo(before.getLast());
        assertThat(stage.plans(toko).getLast().version())
                .isEqualTo(before.getLast().version() + 1_000_000);
    }

    @Test
    void what_the_queue_of_an_earlier_moment_tells_of_an_open_step_is_taken() {
        // Given
        SequenceId sequence = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        BroadcastMessage first = stage.firedFor(ani, toko);
        stage.tell(Statuses.status(first, 7, MessageState.PROCESSING, null, Instant.now()));

        // When
        stage.database().run("CALL tell_again()");
        stage.say(sent(first, 4, Instant.now()));

        // Then
        await().untilAsserted(() -> assertThat(stage.contacts(sequence, ani)).isEqualTo("sent active"));
    }

    /** Through a sequence, and through the one that it leads into. */
    private void goThroughBoth(Tenant.Lead lead) {
        toko.sequence(with(oneStep("warm", null), "allow_reentry", true));
        toko.sequence(oneStep("cold", "warm"));
        lead.carrying("cold", 1).told();
        goThroughOneStep();
        lead.without("cold").carrying("warm", 1).told();
        goThroughOneStep();
        lead.without("warm").told();
        await().until(() -> stage.commands(toko).size() == 3);
    }

    private void goThroughOneStep() {
        stage.pass();
        stage.tell(sent(stage.fired(toko).getLast(), 2, Instant.now()));
    }

    /** What was asked of the leads' triggers, in its order. */
    private List<String> triggers() {
        return stage.commands(toko).stream()
                .map(command -> (command instanceof LeadCommand.AddTrigger ? "+" : "-") + command.trigger())
                .toList();
    }

    private static Map<String, Object> oneStep(String trigger, String next) {
        return with(withStep(withStep(challenge(1), 0, "trigger", trigger), 0, "next_trigger", next), "trigger", null);
    }
}
