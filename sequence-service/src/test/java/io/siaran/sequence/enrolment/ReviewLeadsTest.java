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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    @Test
    void more_users_than_there_is_room_for_are_all_reached_in_turn_whoever_has_very_many() {
        // Given
        List<String> users =
                IntStream.range(0, 45).mapToObj(i -> "user-" + (100 + i)).toList();

        // When
        List<Set<String>> turns = usersTaken(
                10,
                5,
                tx -> users.forEach(user -> {
                    for (int i = 0; i < 20; i++) {
                        waits(tx, UUID.randomUUID(), user, ReviewRank.CROWD);
                    }
                }));

        // Then
        assertThat(turns).allSatisfy(reached -> assertThat(reached).hasSize(10));
        assertThat(turns.stream().flatMap(Set::stream)).containsAll(users);
    }

    @Test
    void a_user_whose_reviews_are_put_off_takes_nobodys_turn() {
        // When
        List<Set<String>> turns = usersTaken(10, 1, tx -> {
            for (int i = 0; i < 30; i++) {
                waits(tx, UUID.randomUUID(), "broken-" + i, ReviewRank.CROWD);
            }
            tx.run("UPDATE lead_reviews SET due_at = due_at + interval '1 hour' WHERE user_id LIKE 'broken-%'");
            waits(tx, UUID.randomUUID(), "patient", ReviewRank.CROWD);
        });

        // Then
        assertThat(turns).containsExactly(Set.of("patient"));
    }

    /** Whose leads are taken of what waits, in so many turns one after the other. All of it then still waits. */
    private List<Set<String>> usersTaken(int size, int turns, Consumer<Tx> given) {
        List<Set<String>> taken = new ArrayList<>();
        undone(tx -> {
            tx.run("DELETE FROM lead_reviews");
            given.accept(tx);
            Map<UUID, String> users = new HashMap<>();
            tx.run("SELECT lead_id, user_id FROM lead_reviews")
                    .forEach(row -> users.put(row.getUUID("lead_id"), row.getString("user_id")));
            String last = TakenReviews.NOBODY;
            for (int turn = 0; turn < turns; turn++) {
                TakenReviews reviews = TakenReviews.of(tx, ReviewRank.CROWD, size, last);
                taken.add(reviews.leads().stream().map(users::get).collect(Collectors.toSet()));
                last = reviews.cameLast();
            }
        });
        return taken;
    }

    /** What a review would take of what waits, and then still waits. */
    private List<UUID> takenOf(int size, Consumer<Tx> given) {
        List<UUID> taken = new ArrayList<>();
        undone(tx -> {
            given.accept(tx);
            for (ReviewRank rank : ReviewRank.values()) {
                int most = ReviewLeads.most(size, taken.size());
                taken.addAll(
                        TakenReviews.of(tx, rank, most, TakenReviews.NOBODY).leads());
            }
        });
        return taken;
    }

    private void undone(Consumer<Tx> work) {
        assertThatThrownBy(() -> stage.database().doInTransaction(tx -> {
                    work.accept(tx);
                    throw new IllegalStateException("nothing of this stays");
                }))
                .hasMessageContaining("nothing of this stays");
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
