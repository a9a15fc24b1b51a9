package io.siaran.sequence.enrolment;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.SequenceId;
import io.siaran.model.TargetStatus;
import io.siaran.model.UserEvent;
import io.siaran.sequence.Crowd;
import io.siaran.sequence.Held;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is taken out of a sequence into which a crowd is still being asked: of 4,500, whom a filter asks 2,000 at once. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class TakeOutTest {

    @Inject
    Stage stage;

    @Inject
    ReviewLeads reviews;

    private Tenant toko;

    @BeforeEach
    void aCrowd() {
        reviews.mark();
        toko = stage.tenant();
        run(
                "INSERT INTO leads (id, user_id, device_id, phone, niches, target_status, attributes, version, deleted)"
                        + " SELECT md5($1 || i)::uuid, $1, '" + toko.merah()
                        + "', (60150000000 + i)::text, '{fitness}', 'prospect', '{}', 1, false FROM generate_series(1, 4500) i");
    }

    @AfterEach
    void theCrowdIsGone() {
        run("DELETE FROM requested_entries WHERE lead_id IN (SELECT id FROM leads WHERE user_id = $1)");
        List.of("requested_crowds", "lead_reviews", "leads")
                .forEach(table -> run("DELETE FROM " + table + " WHERE user_id = $1"));
    }

    @Test
    void who_is_taken_out_by_a_filter_is_asked_in_no_more_by_one_that_is_under_way() {
        // Given
        SequenceId fitness = aCrowdIsAskedIn();

        // When
        int takenOut = takeOutAll(fitness, Map.of("niche", "fitness"));
        int left = crowds();
        reviews.mark();
        reviews.run();

        // Then
        assertThat(takenOut).isEqualTo(2_000);
        assertThat(left).isZero();
        assertThat(asked(fitness)).isZero();
        assertThat(inside(fitness)).isZero();
    }

    @Test
    void whoever_has_any_status_is_everybody_and_asked_in_no_more() {
        // Given
        SequenceId fitness = aCrowdIsAskedIn();

        // When
        int takenOut = takeOutAll(fitness, Map.of("target_status", "all"));

        // Then
        assertThat(takenOut).isEqualTo(2_000);
        assertThat(crowds()).isZero();
        assertThat(asked(fitness)).isZero();
    }

    @Test
    void whom_a_take_out_does_not_concern_is_asked_in_still() {
        // Given
        SequenceId fitness = aCrowdIsAskedIn();
        someOfTheNextPageAreCustomers();

        // When
        int takenOut = takeOutAll(fitness, Map.of("target_status", "customer"));
        toko.as("operator")
                .delete("/api/v1/sequences/" + fitness + "/contacts/" + lead(500))
                .then()
                .statusCode(204);
        reviews.mark();

        // Then
        assertThat(takenOut).isZero();
        assertThat(crowds()).isZero();
        assertThat(asked(fitness)).isEqualTo(4_500 - 500 - 1);
        await().untilAsserted(() -> assertThat(stage.deeds(toko))
                .extracting(UserEvent.Done::action)
                .filteredOn("taken_out"::equals)
                .hasSize(2));
    }

    @Test
    void who_asks_the_next_of_a_crowd_during_a_take_out_sees_whom_it_left_out() throws Exception {
        // Given
        SequenceId fitness = aCrowdIsAskedIn();
        EnrolRequest customers =
                new EnrolRequest(null, new EnrolRequest.Filter(null, TargetStatus.CUSTOMER, null, null));
        someOfTheNextPageAreCustomers();

        // When
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Void> marking;
            try (Held _ =
                    new Held(stage.database(), tx -> EndedRequests.of(tx, toko.user(), fitness, customers, 500))) {
                marking = CompletableFuture.runAsync(reviews::mark, threads);
                await().untilAsserted(() -> assertThat(waiting()).isPositive());
            }
            marking.get(30, TimeUnit.SECONDS);
        }

        // Then
        assertThat(asked(fitness)).isEqualTo(4_000);
    }

    @Test
    void nobody_more_is_asked_into_a_sequence_that_is_not_active_any_more() {
        // Given
        SequenceId fitness = aCrowdIsAskedIn();

        // When
        toko.deactivate(fitness);
        reviews.mark();

        // Then
        assertThat(asked(fitness)).isEqualTo(2_000);
        assertThat(crowds()).isZero();
    }

    @Test
    void to_take_some_out_no_more_are_read_however_many_are_inside() {
        // Given
        SequenceId crowded = toko.sequence(with(challenge(1), "trigger", "crowd"));
        Tenant warung = stage.tenant();
        SequenceId others = warung.sequence(with(challenge(1), "trigger", "crowd"));
        List<Crowd> crowds = List.of(
                Crowd.store(stage, warung, others, warung.merah(), 10_000),
                Crowd.store(stage, toko, crowded, toko.merah(), 4_500, 1_500));
        try {
            // When
            List<String> plan = new ArrayList<>();
            stage.database()
                    .run(
                            "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, BUFFERS OFF) " + ChosenInside.BY_FILTER,
                            toko.user().value(),
                            crowded.value(),
                            200,
                            "fitness",
                            null,
                            null,
                            null)
                    .forEach(row -> plan.add(row.getString(0)));

            // Then
            assertThat(plan)
                    .anyMatch(line -> line.contains("rows=200"))
                    .noneMatch(line -> line.matches(".*(rows=|Rows Removed by Filter: )\\d{4,}.*"));
        } finally {
            crowds.forEach(Crowd::removed);
        }
    }

    private void someOfTheNextPageAreCustomers() {
        run("UPDATE leads SET target_status = 'customer'"
                + " WHERE id IN (SELECT id FROM leads WHERE user_id = $1 ORDER BY id OFFSET 2000 LIMIT 500)");
    }

    /** The first page of it. */
    private SequenceId aCrowdIsAskedIn() {
        SequenceId fitness = toko.sequence(challenge(1));
        toko.as("operator")
                .body(Map.of("filter", Map.of("niche", "fitness")))
                .post("/api/v1/sequences/" + fitness + "/contacts")
                .then()
                .statusCode(202);
        assertThat(asked(fitness)).isEqualTo(2_000);
        return fitness;
    }

    /** Until there are no more; answers how many those were. */
    private int takeOutAll(SequenceId sequence, Map<String, ?> filter) {
        int taken = 0;
        while (true) {
            var answer = toko.as("operator")
                    .body(Map.of("filter", filter))
                    .post("/api/v1/sequences/" + sequence + "/contacts/take-out")
                    .then()
                    .statusCode(200)
                    .extract();
            taken += answer.<Integer>path("taken_out");
            if (!answer.<Boolean>path("more")) {
                return taken;
            }
        }
    }

    private int asked(SequenceId sequence) {
        return count("SELECT FROM requested_entries WHERE sequence_id = $1", sequence.value());
    }

    private int inside(SequenceId sequence) {
        return count("SELECT FROM enrolments WHERE sequence_id = $1", sequence.value());
    }

    private int crowds() {
        return count(
                "SELECT FROM requested_crowds WHERE user_id = $1", toko.user().value());
    }

    private int waiting() {
        return count(
                "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = $1", "Lock");
    }

    private int count(String sql, Object argument) {
        return stage.database().run(sql, argument).rowCount();
    }

    /** In the order in which they are asked, the one with so many after it. */
    private UUID lead(int after) {
        return stage.database()
                .run(
                        "SELECT id FROM leads WHERE user_id = $1 ORDER BY id DESC OFFSET $2 LIMIT 1",
                        toko.user().value(),
                        after)
                .iterator()
                .next()
                .getUUID(0);
    }

    private void run(String sql) {
        stage.database().run(sql, toko.user().value());
    }
}
