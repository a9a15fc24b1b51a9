package io.siaran.sequence.progress;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.with;
import static io.siaran.sequence.Fitness.withStep;
import static io.siaran.sequence.Statuses.failed;
import static io.siaran.sequence.Statuses.sent;
import static io.siaran.sequence.Statuses.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.DeviceStatus;
import io.siaran.model.FailureReason;
import io.siaran.model.MessageState;
import io.siaran.model.SequenceId;
import io.siaran.sequence.Held;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import io.siaran.sequence.enrolment.ReviewLeads;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where one lead is, and the sequence as a graph with everybody in it. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ExplainTest {

    private static final Instant AN_HOUR_AGO =
            Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS);

    @Inject
    Stage stage;

    @Inject
    ReviewLeads reviews;

    private Tenant toko;
    private SequenceId fitness;
    private Tenant.Lead ani;
    private String path;

    @BeforeEach
    void aniIsInside() {
        toko = stage.tenant();
        fitness = toko.sequence(challenge(3));
        path = "/api/v1/sequences/" + fitness;
        ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
    }

    @Test
    void a_contact_is_explained_with_what_lies_behind_and_ahead() {
        // Given
        stage.tell(sent(stage.firedFor(ani, toko), 2, AN_HOUR_AGO));

        // When
        var answer = toko.as("viewer").get(path + "/contacts/" + ani.id());

        // Then
        answer.then()
                .statusCode(200)
                .body("status", equalTo("open"))
                .body("left_reason", nullValue())
                .body("trigger", equalTo("fitness_start"))
                .body("waiting_for", equalTo("time"))
                .body("steps.trigger", contains("fitness_day1", "fitness_day2"))
                .body("steps.status", contains("sent", "active"))
                .body("ahead.trigger", contains("fitness_day3"))
                .body(
                        "ahead[0].next_trigger_time",
                        equalTo(AN_HOUR_AGO.plus(Duration.ofHours(48)).toString()));
    }

    @Test
    void only_the_contact_that_was_seen_is_taken_out() {
        // Given
        String seen = shown().extract().header("ETag");
        shown().header("ETag", equalTo(seen)).body("updated_at", notNullValue());
        stage.tell(sent(stage.firedFor(ani, toko), 2, AN_HOUR_AGO));
        String now = shown().header("ETag", not(equalTo(seen))).extract().header("ETag");

        // When
        takeOut(seen).statusCode(412).body("detail", containsString(now));

        // Then
        shown().body("status", equalTo("open"));
        takeOut(now).statusCode(204);
        shown().body("status", equalTo("left"));
    }

    @Test
    void what_is_retried_never_turns_back_when_it_was_changed() {
        // Given
        BroadcastMessage first = stage.firedFor(ani, toko);
        stage.tell(failed(first, 2, FailureReason.PROVIDER_FAILED, AN_HOUR_AGO));
        Instant before = updated();

        // When
        stage.tell(status(first, 3, MessageState.PENDING, null, AN_HOUR_AGO));

        // Then
        shown().body("steps.status", contains("active"));
        assertThat(updated()).isAfter(before);
    }

    @Test
    void a_step_that_is_fired_once_more_changes_neither_its_version_nor_its_time() {
        // Given
        String tag = shown().extract().header("ETag");
        Instant before = updated();

        // When
        int repeated = run("UPDATE sequence_contacts SET fired_at = NULL WHERE lead_id = $1 AND fired_at IS NOT NULL");

        // Then
        assertThat(repeated).isEqualTo(1);
        shown().header("ETag", equalTo(tag));
        assertThat(updated()).isEqualTo(before);
        stage.pass();
        shown().header("ETag", equalTo(tag));
    }

    @Test
    void a_contact_that_is_changed_while_it_is_to_be_taken_out_stays() throws Exception {
        // Given
        String seen = shown().extract().header("ETag");
        CompletableFuture<Void> takenOut;

        // When
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try (Held outcome = new Held(
                    stage.database(),
                    tx -> tx.run(
                            "SELECT FROM enrolments WHERE lead_id = $1 FOR UPDATE",
                            ani.id().value()))) {
                takenOut = CompletableFuture.runAsync(() -> takeOut(seen).statusCode(412), threads);
                await().until(() -> run("SELECT FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND wait_event_type = 'Lock' AND $1::uuid IS NOT NULL")
                        > 0);
                outcome.go(tx -> tx.run(
                        "UPDATE sequence_contacts SET failure_reason = 'provider_failed'"
                                + " WHERE lead_id = $1 AND status = 'active'",
                        ani.id().value()));
            }

            // Then
            takenOut.get(30, TimeUnit.SECONDS);
        }
        shown().body("status", equalTo("open"));
    }

    @Test
    void who_is_only_asked_in_has_no_version_that_could_be_named() {
        // Given
        Tenant.Lead budi = toko.lead("Budi").told();
        toko.as("operator")
                .body(Map.of("lead_ids", List.of(budi.id().toString())))
                .post(path + "/contacts")
                .then()
                .statusCode(202);

        // When
        takeOut(budi, "\"1\"").statusCode(412);

        // Then
        stage.pass();
        toko.as("viewer")
                .get(path + "/contacts/" + budi.id())
                .then()
                .statusCode(200)
                .body("status", equalTo("open"));
        takeOut(toko.lead("Citra").told(), "\"1\"").statusCode(404);
    }

    private Instant updated() {
        return Instant.parse(shown().extract().path("updated_at"));
    }

    /** Of Ani; how many rows it concerns. */
    private int run(String sql) {
        return stage.database().run(sql, ani.id().value()).rowCount();
    }

    private ValidatableResponse shown() {
        return toko.as("viewer").get(path + "/contacts/" + ani.id()).then().statusCode(200);
    }

    private ValidatableResponse takeOut(String tag) {
        return takeOut(ani, tag);
    }

    private ValidatableResponse takeOut(Tenant.Lead lead, String tag) {
        return toko.as("operator")
                .header("If-Match", tag)
                .delete(path + "/contacts/" + lead.id())
                .then();
    }

    @Test
    void what_it_waits_for_is_said() {
        toko.as("viewer").get(path + "/contacts/" + ani.id()).then().body("waiting_for", equalTo("queue"));
        toko.become(toko.merah(), DeviceStatus.OFFLINE);
        Tenant.Lead budi = toko.lead("Budi").carrying("fitness_start", 1).told();
        stage.pass();
        toko.as("viewer").get(path + "/contacts/" + budi.id()).then().body("waiting_for", equalTo("device_offline"));
        toko.deactivate(fitness);
        toko.as("viewer").get(path + "/contacts/" + budi.id()).then().body("waiting_for", equalTo("sequence_inactive"));
    }

    @Test
    void a_step_of_which_no_message_could_be_made_is_said_to_be_set_aside() {
        // Given
        Tenant.Lead budi = toko.lead("Budi").carrying("fitness_start", 1).told();
        reviews.run();
        stage.database()
                .run("UPDATE leads SET phone = 'none' WHERE id = $1", budi.id().value());

        // When
        stage.pass();

        // Then
        toko.as("viewer").get(path + "/contacts/" + budi.id()).then().body("waiting_for", equalTo("set_aside"));
        toko.as("viewer").get(path + "/contacts/" + ani.id()).then().body("waiting_for", equalTo("queue"));
    }

    @Test
    void the_sequences_of_a_lead_are_listed_and_nobody_elses() {
        toko.as("viewer")
                .get("/api/v1/sequences/by-lead/" + ani.id())
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].sequence_id", equalTo(fitness.toString()))
                .body("items[0].status", equalTo("open"));
        Tenant other = stage.tenant();
        other.as("viewer").get("/api/v1/sequences/by-lead/" + ani.id()).then().statusCode(404);
        Tenant.Lead budi = toko.lead("Budi").told();
        toko.as("viewer").get("/api/v1/sequences/by-lead/" + budi.id()).then().body("items", empty());
        other.as("viewer").get(path + "/contacts/" + ani.id()).then().statusCode(404);
    }

    @Test
    void the_graph_shows_steps_chains_and_who_is_where() {
        // Given
        SequenceId warm = toko.sequence(with(with(challenge(1), "trigger", "warm"), "name", "Warm"));
        toko.as("operator")
                .body(withStep(challenge(3), 2, "next_trigger", "warm"))
                .put(path)
                .then()
                .statusCode(200);

        // When
        var answer = toko.as("viewer").get(path + "/graph");

        // Then
        answer.then()
                .statusCode(200)
                .body("nodes.kind", contains("step", "step", "step", "sequence"))
                .body("nodes[0].under_way", equalTo(1))
                .body("nodes[3].id", equalTo(warm.toString()))
                .body("edges.kind", contains("day", "day", "chain"))
                .body("mermaid", containsString("n2 --> n3"))
                .body("svg", containsString("fitness_day2"));
    }
}
