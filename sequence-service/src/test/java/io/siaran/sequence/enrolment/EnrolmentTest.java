package io.siaran.sequence.enrolment;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.with;
import static io.siaran.sequence.Fitness.withStep;
import static io.siaran.sequence.Statuses.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.PhoneNumber;
import io.siaran.model.SequenceId;
import io.siaran.model.TargetStatus;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class EnrolmentTest {

    @Inject
    Stage stage;

    @Inject
    ReviewLeads reviews;

    @Inject
    CrampedReviews cramped;

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
    void more_steps_than_one_transaction_may_lay_out_are_laid_out_by_several() {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        SequenceId yoga = toko.sequence(challenge(2));
        List<Tenant.Lead> leads = toko.crowd(3, "fitness_start");

        // When
        cramped.reviews(5).run();

        // Then
        assertThat(leads).allSatisfy(lead -> {
            assertThat(stage.contacts(fitness, lead)).isEqualTo("active pending");
            assertThat(stage.contacts(yoga, lead)).isEqualTo("active pending");
        });
        assertThat(stepsOfEachTransaction()).hasSizeGreaterThanOrEqualTo(3).allMatch(steps -> steps <= 5);
    }

    @Test
    void who_was_asked_in_and_has_no_room_yet_enters_with_the_next_transaction() {
        // Given
        SequenceId fitness = toko.sequence(challenge(3));
        List<Tenant.Lead> leads = toko.crowd(3, "vip");
        toko.as("operator")
                .body(Map.of(
                        "lead_ids",
                        leads.stream().map(lead -> lead.id().toString()).toList()))
                .post("/api/v1/sequences/" + fitness + "/contacts")
                .then()
                .statusCode(202);

        // When
        cramped.reviews(1).run();

        // Then
        assertThat(leads)
                .allSatisfy(lead -> assertThat(stage.contacts(fitness, lead)).isEqualTo("active pending pending"));
        assertThat(stepsOfEachTransaction()).containsExactly(3L, 3L, 3L);
    }

    private List<Long> stepsOfEachTransaction() {
        List<Long> steps = new ArrayList<>();
        stage.database()
                .run(
                        "SELECT count(*) FROM sequence_contacts WHERE user_id = $1 GROUP BY xmin",
                        toko.user().value())
                .forEach(row -> steps.add(row.getLong(0)));
        return steps;
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
        reviews.mark();
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
    void a_second_entry_token_carried_on_entering_restarts_nobody_who_is_through() {
        // Given
        SequenceId fitness =
                toko.sequence(with(withStep(challenge(2), 1, "is_entry_point", true), "allow_reentry", true));
        Tenant.Lead ani = toko.lead("Ani")
                .carrying("fitness_start", 1)
                .carrying("fitness_day2", 1)
                .told();
        reviews.run();
        stage.database()
                .run(
                        "UPDATE enrolments SET status = 'completed', ended_at = now() WHERE lead_id = $1",
                        ani.id().value());

        // When
        ani.without("fitness_start").told();
        reviews.run();

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("active pending");
        ani.carrying("fitness_day2", 2).told();
        reviews.run();
        assertThat(stage.contacts(fitness, ani)).isEqualTo("active pending active");
    }

    @Test
    void the_phone_that_somebody_inside_no_longer_has_lets_another_in() {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        PhoneNumber before = ani.phone();
        ani.as(new PhoneNumber("60187654321")).told();
        stage.pass();

        // When
        Tenant.Lead budi =
                toko.lead("Budi").as(before).carrying("fitness_start", 1).told();
        stage.pass();

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("active pending");
        assertThat(stage.contacts(fitness, budi)).isEqualTo("active pending");
    }

    @Test
    void a_person_who_is_a_lead_on_two_devices_walks_once_unless_each_is_asked_for() {
        // Given
        SequenceId once = toko.sequence(challenge(1));
        SequenceId each = toko.sequence(with(challenge(1), "one_person", "each"));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        Tenant.Lead same = toko.lead("Ani")
                .as(ani.phone())
                .on(toko.biru())
                .carrying("fitness_start", 1)
                .told();

        // When
        reviews.run();

        // Then
        assertThat(stage.contacts(once, ani) + stage.contacts(once, same)).isEqualTo("active");
        assertThat(stage.contacts(each, ani)).isEqualTo("active");
        assertThat(stage.contacts(each, same)).isEqualTo("active");
    }
}
