package io.siaran.sequence.enrolment;

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
import io.siaran.model.SequenceEvent;
import io.siaran.model.SequenceId;
import io.siaran.model.TargetStatus;
import io.siaran.model.Withdraw;
import io.siaran.sequence.Race;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class EnrolmentTest {

    @Inject
    Stage stage;

    @Inject
    ReviewLeads reviews;

    private Tenant toko;

    @BeforeEach
    void aUserOfItsOwn() {
        toko = stage.tenant();
    }

    @Test
    void all_steps_from_the_entry_on_are_laid_out_each_with_its_projected_time() {
        // Given
        SequenceId fitness = toko.sequence(withStep(challenge(3), 2, "trigger_delay_hours", 1.5));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_day1", 1).told();

        // When
        reviews.run();

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("active pending pending");
        List<Instant> times = new ArrayList<>();
        stage.database()
                .run(
                        "SELECT next_trigger_time FROM sequence_contacts WHERE lead_id = $1 ORDER BY current_step",
                        ani.id().value())
                .forEach(row -> times.add(row.getOffsetDateTime(0).toInstant()));
        assertThat(times.get(1)).isEqualTo(times.get(0).plusSeconds(24 * 3_600));
        assertThat(times.get(2)).isEqualTo(times.get(1).plusSeconds(5_400));
    }

    @Test
    void triggers_and_niches_are_compared_whole_and_without_regard_to_case() {
        // Given
        SequenceId fit = toko.sequence(with(challenge(1), "niche", "FIT"));
        Tenant.Lead ani = toko.lead("Ani")
                .interestedIn("travel, Fit")
                .carrying("Fitness_Start", 1)
                .told();
        Tenant.Lead budi = toko.lead("Budi")
                .interestedIn("outfit, fitness")
                .carrying("fitness_start", 1)
                .told();
        Tenant.Lead citra = toko.lead("Citra")
                .interestedIn("fit")
                .carrying("fitness_start2", 1)
                .told();

        // When
        reviews.run();

        // Then
        assertThat(stage.contacts(fit, ani)).isEqualTo("active");
        assertThat(stage.contacts(fit, budi)).isEmpty();
        assertThat(stage.contacts(fit, citra)).isEmpty();
    }

    @Test
    void a_sequence_without_a_niche_takes_anybody_of_its_target_status() {
        // Given
        SequenceId customers = toko.sequence(with(with(challenge(1), "niche", " "), "target_status", "customer"));
        Tenant.Lead ani = toko.lead("Ani")
                .interestedIn(null)
                .being(TargetStatus.CUSTOMER)
                .carrying("fitness_start", 1)
                .told();
        Tenant.Lead budi = toko.lead("Budi")
                .being(TargetStatus.PROSPECT)
                .carrying("fitness_start", 1)
                .told();

        // When
        reviews.run();

        // Then
        assertThat(stage.contacts(customers, ani)).isEqualTo("active");
        assertThat(stage.contacts(customers, budi)).isEmpty();
    }

    @Test
    void nobody_enters_the_sequence_of_another_user_or_from_a_device_of_one() {
        // Given
        Tenant other = stage.tenant();
        SequenceId fitness = toko.sequence(challenge(1));
        Tenant.Lead stranger = other.lead("Ani").carrying("fitness_start", 1).told();
        Tenant.Lead misled =
                toko.lead("Budi").on(other.merah()).carrying("fitness_start", 1).told();

        // When
        reviews.run();

        // Then
        assertThat(stage.contacts(fitness, stranger)).isEmpty();
        assertThat(stage.contacts(fitness, misled)).isEmpty();
    }

    @Test
    void who_carries_the_trigger_already_enters_when_the_sequence_is_activated() {
        // Given
        SequenceId fitness = toko.sequence(with(challenge(1), "status", "inactive"));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        reviews.run();
        assertThat(stage.contacts(fitness, ani)).isEmpty();

        // When
        toko.activate(fitness);
        reviews.run();

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("active");
    }

    @Test
    void who_opted_out_does_not_enter() {
        // Given
        SequenceId fitness = toko.sequence(challenge(1));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1);
        toko.suppress(ani);
        ani.told();

        // When
        reviews.run();

        // Then
        assertThat(stage.contacts(fitness, ani)).isEmpty();
    }

    @Test
    void one_assignment_gives_one_walk_and_a_newer_one_another_where_the_sequence_allows_it() {
        // Given
        SequenceId once = toko.sequence(challenge(1));
        SequenceId again = toko.sequence(with(challenge(1), "allow_reentry", true));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        stage.fired(toko).forEach(message -> stage.tell(sent(message, 2, Instant.now())));

        // When
        ani.told();
        reviews.run();
        String afterTheSameAssignment = stage.contacts(again, ani);
        ani.without("fitness_start").told();
        ani.carrying("fitness_start", 2).told();
        reviews.run();

        // Then
        assertThat(afterTheSameAssignment).isEqualTo("sent");
        assertThat(stage.contacts(again, ani)).isEqualTo("sent active");
        assertThat(stage.contacts(once, ani)).isEqualTo("sent");
    }

    @Test
    void who_loses_the_trigger_leaves_and_what_may_be_queued_is_withdrawn() {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        BroadcastMessage queued = stage.fired(toko).getFirst();

        // When
        ani.without("fitness_start").told();
        reviews.run();

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("cancelled cancelled");
        await().untilAsserted(() -> assertThat(stage.withdrawn(toko))
                .containsExactly(new Withdraw(queued.id(), toko.user(), toko.merah())));
        await().untilAsserted(() -> assertThat(left()).containsExactly("trigger_removed"));
    }

    @Test
    void who_opts_out_or_is_deleted_leaves_every_sequence() {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        SequenceId again = toko.sequence(challenge(1));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        Tenant.Lead budi = toko.lead("Budi").carrying("fitness_start", 1).told();
        Tenant.Lead citra = toko.lead("Citra").carrying("fitness_start", 1).told();
        reviews.run();

        // When
        toko.suppress(ani);
        budi.deleted().told();
        stage.pass();

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("cancelled cancelled");
        assertThat(stage.contacts(again, ani)).isEqualTo("cancelled");
        assertThat(stage.contacts(fitness, budi)).isEqualTo("cancelled cancelled");
        assertThat(stage.contacts(fitness, citra)).isEqualTo("active pending");
        assertThat(stage.fired(toko)).extracting(BroadcastMessage::leadId).containsOnly(citra.id());
        await().untilAsserted(() -> assertThat(left())
                .containsExactlyInAnyOrder("suppressed", "suppressed", "lead_deleted", "lead_deleted"));
    }

    @Test
    void a_lead_that_cannot_be_reviewed_holds_up_nobody_and_is_reviewed_again_when_it_changes() {
        // Given
        SequenceId fitness = toko.sequence(challenge(1));
        List<Tenant.Lead> crowd = toko.crowd(5, "fitness_start");
        Tenant.Lead ani =
                toko.lead("Ani").on(toko.biru()).carrying("fitness_start", 1).told();
        Tenant.Lead budi = toko.lead("Budi").carrying("fitness_start", 1).told();
        biruIsIn("Mars/Olympus");

        // When
        reviews.run();
        String whileItFails = stage.contacts(fitness, ani);
        biruIsIn("Asia/Kuala_Lumpur");
        reviews.run();
        String beforeItChanges = stage.contacts(fitness, ani);
        ani.told();
        reviews.run();

        // Then
        assertThat(crowd)
                .allSatisfy(lead -> assertThat(stage.contacts(fitness, lead)).isEqualTo("active"));
        assertThat(stage.contacts(fitness, budi)).isEqualTo("active");
        assertThat(whileItFails).isEmpty();
        assertThat(beforeItChanges).isEmpty();
        assertThat(stage.contacts(fitness, ani)).isEqualTo("active");
    }

    @Test
    void two_instances_that_review_at_once_let_each_lead_in_once() throws Exception {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        List<Tenant.Lead> leads = toko.crowd(40, "fitness_start");

        // When
        Race.of(Executors.callable(reviews::run));

        // Then
        assertThat(leads)
                .allSatisfy(lead -> assertThat(stage.contacts(fitness, lead)).isEqualTo("active pending"));
        await().untilAsserted(() -> assertThat(stage.events(toko)).hasSize(40));
    }

    private void biruIsIn(String zone) {
        stage.database()
                .run(
                        "UPDATE devices SET time_zone = $2 WHERE id = $1",
                        toko.biru().value(),
                        zone);
    }

    private List<String> left() {
        return stage.events(toko).stream()
                .filter(SequenceEvent.Left.class::isInstance)
                .map(event -> ((SequenceEvent.Left) event).reason())
                .toList();
    }
}
