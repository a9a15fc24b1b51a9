package io.siaran.sequence.enrolment;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.SequenceId;
import io.siaran.sequence.Held;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import io.siaran.sql.Tx;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How leads are put up for review, where those whom a changed sequence, a deleted device or a request concerns are very many: of 4,500 the
 * last 500 are the third page.
 */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class MarkLeadsTest {

    @Inject
    Stage stage;

    @Inject
    ReviewLeads reviews;

    @Inject
    MarkScene scene;

    private MarkLeads another;

    private Tenant toko;
    private SequenceId fitness;
    private UUID last;

    @BeforeEach
    void aCrowdCarriesTheTriggerOfASequence() {
        reviews.mark();
        another = scene.instance(Clock.systemUTC());
        toko = stage.tenant();
        fitness = toko.sequence(with(challenge(1), "status", "inactive"));
        run("INSERT INTO leads (id, user_id, device_id, phone, niches, target_status, attributes, version, deleted)"
                + " SELECT md5($1 || i)::uuid, $1, '" + toko.merah()
                + "', (60150000000 + i)::text, '{fitness}', 'prospect',"
                + " '{}', 1, false FROM generate_series(1, 4500) i");
        run("INSERT INTO lead_triggers (lead_id, user_id, trigger, assignment)"
                + " SELECT md5($1 || i)::uuid, $1, 'fitness_start', 1 FROM generate_series(1, 4500) i");
        last = stage.database()
                .run(
                        "SELECT lead_id FROM lead_triggers WHERE user_id = $1 ORDER BY lead_id DESC LIMIT 1",
                        toko.user().value())
                .iterator()
                .next()
                .getUUID(0);
    }

    @AfterEach
    void theCrowdIsGone() {
        scene.forget();
        run("DELETE FROM requested_entries WHERE lead_id IN (SELECT id FROM leads WHERE user_id = $1)");
        for (String table : List.of("requested_crowds", "enrolments", "lead_triggers", "lead_reviews", "leads")) {
            run("DELETE FROM " + table + " WHERE user_id = $1");
        }
    }

    @Test
    void an_activation_for_a_crowd_holds_the_news_of_no_lead_up_for_longer_than_a_page() throws Exception {
        // Given
        toko.activate(fitness);

        // Then
        markPageByPage();
    }

    @Test
    void the_end_of_a_device_with_a_crowd_inside_holds_the_news_of_no_lead_up_for_longer_than_a_page()
            throws Exception {
        // Given
        run(
                "INSERT INTO enrolments (id, user_id, sequence_id, lead_id, tokens, entered_status, entry_step_id, time_zone, status,"
                        + " entered_at, chain_id) SELECT gen_random_uuid(), l.user_id, s.id, l.id, '{}', 'prospect', p.id,"
                        + " 'Asia/Kuala_Lumpur', 'open', now(), gen_random_uuid() FROM leads l, sequences s"
                        + " JOIN sequence_steps p ON p.sequence_id = s.id WHERE l.user_id = $1 AND s.user_id = $1");
        toko.delete(toko.merah());
        run("UPDATE devices SET deleted_at = deleted_at - interval '2 hours' WHERE user_id = $1 AND deleted");

        // Then
        markPageByPage();
    }

    @Test
    void a_request_for_a_crowd_holds_the_news_of_no_lead_up_for_longer_than_a_page() throws Exception {
        // Given
        SequenceId yoga = toko.sequence(with(challenge(1), "trigger", "yoga_start"));
        reviews.mark();

        // When
        toko.as("operator")
                .body(Map.of("filter", Map.of("niche", "fitness")))
                .post("/api/v1/sequences/" + yoga + "/contacts")
                .then()
                .statusCode(202)
                .body("requested", equalTo(4_500));

        // Then
        assertThat(underReview()).isEqualTo(2_000);
        markPageByPage();
        assertThat(stage.database()
                        .run("SELECT FROM requested_entries WHERE sequence_id = $1", yoga.value())
                        .rowCount())
                .isEqualTo(4_500);
    }

    /** While somebody changes the last of them, all others are put up for review and can be changed. */
    private void markPageByPage() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Void> marking;
            try (Held _ = new Held(stage.database(), this::changesTheLast)) {
                marking = CompletableFuture.runAsync(reviews::mark, threads);
                await().untilAsserted(() -> assertThat(underReview()).isEqualTo(4_000));
            }
            marking.get(30, TimeUnit.SECONDS);
        }
        assertThat(underReview()).isEqualTo(4_500);
    }

    @Test
    void who_marks_after_an_instance_that_died_goes_on_where_it_had_come_to() {
        // Given
        toko.activate(fitness);
        diesAtTheLastPage();

        // When
        another.mark();

        // Then
        assertThat(underReview()).isEqualTo(500);
    }

    @Test
    void another_edit_has_everybody_reviewed_again() {
        // Given
        toko.activate(fitness);
        diesAtTheLastPage();

        // When
        toko.as("operator")
                .body(with(challenge(1), "niche", "travel"))
                .put("/api/v1/sequences/" + fitness)
                .then()
                .statusCode(200);
        another.mark();

        // Then
        assertThat(underReview()).isEqualTo(4_500);
    }

    /** Those whom it marked are reviewed before the next comes. */
    private void diesAtTheLastPage() {
        scene.refuse("NEW.lead_id = '" + last + "'", "connection_failure");
        reviews.mark();
        scene.mend();
        assertThat(underReview()).isEqualTo(4_000);
        run("DELETE FROM lead_reviews WHERE user_id = $1");
    }

    private void changesTheLast(Tx tx) {
        tx.run(
                "INSERT INTO lead_reviews (lead_id, user_id, rank) VALUES ($1, $2, 1)",
                last,
                toko.user().value());
    }

    private int underReview() {
        return scene.underReview(toko);
    }

    private void run(String sql) {
        stage.database().run(sql, toko.user().value());
    }
}
