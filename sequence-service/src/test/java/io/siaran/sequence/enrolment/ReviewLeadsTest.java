package io.siaran.sequence.enrolment;

import static io.siaran.sequence.Fitness.challenge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.SequenceId;
import io.siaran.sequence.Race;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How instances share the reviews, and what holds up nobody. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ReviewLeadsTest {

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
    void a_lead_that_cannot_be_reviewed_is_found_among_those_of_its_rank_however_many_wait_before_it() {
        // Given
        reviews.run();
        toko.sequence(challenge(1));
        Tenant.Lead ani =
                toko.lead("Ani").on(toko.biru()).carrying("fitness_start", 1).told();
        biruIsIn("Mars/Olympus");
        stage.database()
                .run(
                        "UPDATE lead_reviews SET rank = 3 WHERE lead_id = $1",
                        ani.id().value());
        stage.database()
                .run(
                        "INSERT INTO lead_reviews (lead_id, user_id, rank)"
                                + " SELECT gen_random_uuid(), $1, 1 FROM generate_series(1, 1200)",
                        toko.user().value());

        // When
        reviews.turn();

        // Then
        assertThat(underReview("rank = 1")).isEqualTo(700);
        assertThat(underReview("failures = 1")).isEqualTo(1);
        reviews.run();
        assertThat(underReview("true")).isEqualTo(1);
    }

    @Test
    void a_lead_whose_review_fails_for_no_known_reason_is_put_off_for_minutes_and_holds_up_nobody() {
        // Given
        SequenceId fitness = toko.sequence(challenge(1));
        List<Tenant.Lead> crowd = toko.crowd(5, "fitness_start");
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        Tenant.Lead budi = toko.lead("Budi").carrying("fitness_start", 1).told();

        // When
        whileEntriesFail("NEW.lead_id = '" + ani.id() + "'", reviews::run);

        // Then
        assertThat(crowd)
                .allSatisfy(lead -> assertThat(stage.contacts(fitness, lead)).isEqualTo("active"));
        assertThat(stage.contacts(fitness, budi)).isEqualTo("active");
        assertThat(stage.contacts(fitness, ani)).isEmpty();
        assertThat(underReview("failure LIKE '%no known reason%'"
                        + " AND due_at BETWEEN now() + interval '4 minutes' AND now() + interval '5 minutes'"))
                .isEqualTo(1);

        // When
        stage.database()
                .run(
                        "UPDATE lead_reviews SET due_at = now() WHERE lead_id = $1",
                        ani.id().value());
        reviews.run();

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("active");
    }

    @Test
    void a_crowd_that_fails_for_no_known_reason_holds_up_nobody_else_and_ends_the_run() {
        // Given
        reviews.run();
        SequenceId fitness = toko.sequence(challenge(1));
        List<Tenant.Lead> crowd = toko.crowd(40, "fitness_start");
        Tenant other = stage.tenant();
        SequenceId others = other.sequence(challenge(1));
        List<Tenant.Lead> few = other.crowd(5, "fitness_start");

        // When
        whileEntriesFail(
                "NEW.user_id = '" + toko.user() + "'",
                () -> assertThatThrownBy(reviews::run).hasMessageContaining("no known reason"));

        // Then
        assertThat(few)
                .allSatisfy(lead -> assertThat(stage.contacts(others, lead)).isEqualTo("active"));
        assertThat(underReview("failures = 1")).isBetween(30, 39);
        reviews.run();
        assertThat(crowd)
                .filteredOn(lead -> stage.contacts(fitness, lead).equals("active"))
                .hasSize(40 - underReview("failures = 1"))
                .isNotEmpty();
    }

    @Test
    void a_crowd_of_an_earlier_rank_that_fails_for_no_known_reason_keeps_no_later_rank_from_its_turn() {
        // Given
        reviews.run();
        toko.sequence(challenge(1));
        toko.crowd(100, "fitness_start");
        Tenant other = stage.tenant();
        SequenceId others = other.sequence(challenge(1));
        List<Tenant.Lead> few = other.crowd(5, "fitness_start");
        stage.database()
                .run(
                        "UPDATE lead_reviews SET rank = 3 WHERE user_id = $1",
                        other.user().value());

        // When
        whileEntriesFail(
                "NEW.user_id = '" + toko.user() + "'",
                () -> assertThatCode(reviews::turn).doesNotThrowAnyException());

        // Then
        assertThat(few)
                .allSatisfy(lead -> assertThat(stage.contacts(others, lead)).isEqualTo("active"));
        assertThat(underReview("failures = 1")).isEqualTo(30);
        assertThat(underReview("failures = 0")).isEqualTo(70);
    }

    private void whileEntriesFail(String when, Runnable then) {
        stage.database()
                .run("CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                        + " RAISE 'no known reason'; END $$");
        stage.database()
                .run("CREATE TRIGGER fail BEFORE INSERT ON enrolments FOR EACH ROW WHEN (" + when
                        + ") EXECUTE FUNCTION fail()");
        try {
            then.run();
        } finally {
            stage.database().run("DROP TRIGGER fail ON enrolments");
        }
    }

    private int underReview(String which) {
        return stage.database()
                .run(
                        "SELECT FROM lead_reviews WHERE user_id = $1 AND " + which,
                        toko.user().value())
                .rowCount();
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
}
