package io.siaran.sequence.enrolment;

import static io.siaran.sequence.Fitness.challenge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.sequence.Effort;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose leads are reviewed next. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class TakenReviewsTest {

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
    void an_instance_goes_on_with_those_users_whom_its_turn_before_did_not_reach() {
        // Given
        reviews.run();
        comes("user-", 600, 1_200);

        // When
        reviews.turn();
        reviews.turn();

        // Then
        try {
            assertThat(stage.database()
                            .run(
                                    "SELECT FROM lead_reviews WHERE user_id LIKE 'user-%' GROUP BY user_id HAVING count(*) > 1")
                            .rowCount())
                    .isZero();
        } finally {
            nobodyWaits("user-");
        }
    }

    @Test
    void to_take_reviews_costs_what_is_taken_however_many_wait() {
        // Given
        reviews.run();
        String take = Sql.load(TakenReviews.class, "take-reviews.sql");
        try {
            comes("few-", 2, 20_000);
            stage.database().run("VACUUM ANALYZE lead_reviews");
            long ofFew = Effort.pages(stage.database(), take, ReviewRank.CROWD.number(), 50, TakenReviews.NOBODY);
            nobodyWaits("few-");
            comes("many-", 5_000, 20_000);
            stage.database().run("VACUUM ANALYZE lead_reviews");

            // When
            long ofMany = Effort.pages(stage.database(), take, ReviewRank.CROWD.number(), 50, TakenReviews.NOBODY);

            // Then: some ten for each that is taken, where one for each user would be thousands
            assertThat(ofFew).isLessThan(1_000);
            assertThat(ofMany).isLessThan(1_500);
        } finally {
            nobodyWaits("few-");
            nobodyWaits("many-");
        }
    }

    /** So many leads of so many users, in a crowd. */
    private void comes(String users, int howMany, int leads) {
        stage.database()
                .run(
                        "INSERT INTO lead_reviews (lead_id, user_id, rank)"
                                + " SELECT gen_random_uuid(), $1 || i % $2::integer, 3 FROM generate_series(1, $3::integer) i",
                        users, howMany, leads);
    }

    private void nobodyWaits(String users) {
        stage.database().run("DELETE FROM lead_reviews WHERE user_id LIKE $1 || '%'", users);
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
