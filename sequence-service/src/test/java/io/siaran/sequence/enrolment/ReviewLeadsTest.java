package io.siaran.sequence.enrolment;

import static io.siaran.sequence.Fitness.challenge;
import static org.assertj.core.api.Assertions.assertThat;
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
import io.siaran.sql.Tx;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
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

    @Test
    void users_take_turns_and_who_may_have_to_leave_comes_before_a_crowd() {
        // Given
        UUID patient = UUID.randomUUID();
        UUID leaving = UUID.randomUUID();

        // When
        List<UUID> taken = takenOf(50, tx -> {
            crowd(tx, ReviewRank.CROWD);
            waits(tx, patient, "patient", ReviewRank.CROWD);
            waits(tx, leaving, "leaving", ReviewRank.MAY_LEAVE);
        });

        // Then
        assertThat(taken).hasSizeLessThanOrEqualTo(60).contains(patient, leaving);
    }

    @Test
    void very_many_who_may_have_to_leave_hold_up_nobody_who_may_enter() {
        // Given
        UUID fresh = UUID.randomUUID();
        UUID patient = UUID.randomUUID();

        // When
        List<UUID> taken = takenOf(50, tx -> {
            crowd(tx, ReviewRank.MAY_LEAVE);
            waits(tx, fresh, "fresh", ReviewRank.MAY_ENTER);
            waits(tx, patient, "patient", ReviewRank.CROWD);
        });

        // Then
        assertThat(taken).contains(fresh, patient);
    }

    @Test
    void who_is_inside_comes_before_those_who_may_enter_by_news_of_the_same_user() {
        // Given
        toko.sequence(challenge(1));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        reviews.run();
        toko.crowd(20, "fitness_start");

        // When
        ani.without("fitness_start").told();

        // Then
        assertThat(takenOf(10, tx -> {})).contains(ani.id().value());
        reviews.run();
    }

    /** What a review would take of what waits, and then still waits. */
    private List<UUID> takenOf(int size, Consumer<Tx> given) {
        List<UUID> taken = new ArrayList<>();
        assertThatThrownBy(() -> stage.database().doInTransaction(tx -> {
                    given.accept(tx);
                    taken.addAll(ReviewLeads.take(tx, size));
                    throw new IllegalStateException("nothing of this stays");
                }))
                .hasMessageContaining("nothing of this stays");
        return taken;
    }

    private static void crowd(Tx tx, ReviewRank rank) {
        for (int i = 0; i < 200; i++) {
            waits(tx, UUID.randomUUID(), "crowd", rank);
        }
    }

    private static void waits(Tx tx, UUID lead, String user, ReviewRank rank) {
        tx.run("INSERT INTO lead_reviews (lead_id, user_id, rank) VALUES ($1, $2, $3)", lead, user, rank.number());
    }
}
