package io.siaran.sequence.authoring;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.step;
import static io.siaran.sequence.Fitness.with;
import static io.siaran.sequence.Fitness.withStep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.localstack.TestServers;
import io.siaran.model.Plan;
import io.siaran.model.PlanStatus;
import io.siaran.model.SequenceId;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PUT and PATCH of a sequence, and who may be inside meanwhile. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ChangeSequenceTest {

    private static final String PATH = "/api/v1/sequences/";

    @Inject
    Stage stage;

    private Tenant toko;
    private SequenceId fitness;

    @BeforeEach
    void aSequenceOfTwoSteps() {
        toko = stage.tenant();
        fitness = toko.sequence(challenge(2));
    }

    @Test
    void what_get_answers_can_be_put_and_changes_nothing() {
        // Given
        Map<String, Object> answered = get().extract().path("$");

        // When
        ValidatableResponse answer = put(answered);

        // Then
        answer.statusCode(200).header("ETag", "\"1\"").body("$", equalTo(answered));
    }

    @Test
    void a_change_has_a_new_tag_and_a_new_time() {
        // Given
        String before = get().extract().path("updated_at");

        // When
        ValidatableResponse answer = put(with(challenge(2), "name", "Fitness for all"));

        // Then
        answer.statusCode(200).header("ETag", "\"2\"").body("name", equalTo("Fitness for all"));
        String after = answer.extract().path("updated_at");
        assertThat(after).isGreaterThan(before);
        get().header("ETag", "\"2\"").body("updated_at", equalTo(after));
    }

    @Test
    void who_changes_an_older_version_is_told() {
        // Given
        put(with(challenge(2), "name", "Fitness for all")).statusCode(200);

        // When
        ValidatableResponse late = toko.as("operator")
                .header("If-Match", "\"1\"")
                .body(challenge(2))
                .put(PATH + fitness)
                .then();

        // Then
        late.statusCode(412);
        toko.as("operator")
                .header("If-Match", "\"1\"")
                .delete(PATH + fitness)
                .then()
                .statusCode(412);
        toko.as("operator")
                .header("If-Match", "\"2\"")
                .delete(PATH + fitness)
                .then()
                .statusCode(204);
    }

    @Test
    void a_patch_changes_what_it_names_and_clears_what_is_null() {
        // Given
        put(with(with(challenge(2), "min_delay_seconds", 5), "max_delay_seconds", 9))
                .statusCode(200);

        // When
        ValidatableResponse answer = patch("{\"name\":\"New\",\"min_delay_seconds\":null,\"max_delay_seconds\":null}");

        // Then
        answer.statusCode(200)
                .body("name", equalTo("New"))
                .body("min_delay_seconds", nullValue())
                .body("niche", equalTo("fitness"))
                .body("status", equalTo("active"))
                .body("steps", hasSize(2));
        patch("{\"name\":null}").statusCode(400).body("violations.field", contains("name"));
        patch("null").statusCode(400);
        patch("{\"nmae\":\"New\"}").statusCode(400).body("violations.field", contains("nmae"));
    }

    @Test
    void steps_change_freely_while_somebody_is_inside_and_one_that_was_removed_may_come_again() {
        // Given
        somebodyIsInside();

        // When
        ValidatableResponse fewer = put(challenge(1));

        // Then
        fewer.statusCode(200).body("steps.trigger", contains("fitness_day1")).body("effect", nullValue());
        put(challenge(3))
                .statusCode(200)
                .body("steps.trigger", contains("fitness_day1", "fitness_day2", "fitness_day3"));
        get().body("steps", hasSize(3));
        put(withStep(challenge(2), 0, "trigger", "renamed"))
                .statusCode(200)
                .body("steps.trigger", contains("renamed", "fitness_day2"));
    }

    @Test
    void a_dry_run_says_whom_an_edit_would_touch_and_changes_nothing() {
        // Given
        put(challenge(3)).statusCode(200);
        somebodyIsInside("active pending pending");
        Map<String, Object> edited = withStep(challenge(4), 1, "trigger_delay_hours", 2);
        edited = withStep(edited, 2, "trigger", "fitness_other");

        // When
        ValidatableResponse tried = tried(edited);

        // Then
        tried.statusCode(200)
                .header("ETag", equalTo("\"2\""))
                .body("steps", hasSize(4))
                .body("effect.contacts_inside", equalTo(1))
                .body(
                        "effect.steps.findAll { it.contacts == 1 }.collect { it.trigger + ' ' + it.change }",
                        containsInAnyOrder(
                                "fitness_day3 removed",
                                "fitness_day2 retimed",
                                "fitness_other added",
                                "fitness_day4 added"));
        get().body("steps", hasSize(3)).header("ETag", equalTo("\"2\""));
        toko.as("operator")
                .body("{\"name\":\"Tried\"}")
                .patch(PATH + fitness + "?dry_run=true")
                .then()
                .statusCode(200)
                .body("effect.steps", hasSize(0));
        get().body("name", equalTo("30 Day Fitness Challenge"));
    }

    @Test
    void a_dry_run_knows_the_place_of_whoever_is_at_a_step_that_is_removed_or_was_before() {
        // Given
        Map<String, Object> three = challenge(3);
        for (int place = 0; place < 3; place++) {
            three = withStep(three, place, "day_number", 1);
        }
        put(withStep(three, 1, "is_entry_point", true)).statusCode(200);
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_day2", 1).told();
        stage.pass();
        assertThat(stage.contacts(fitness, ani)).isEqualTo("active pending");
        List<?> steps = (List<?>) three.get("steps");
        List<?> two = List.of(steps.get(0), steps.get(2));

        // When
        ValidatableResponse removing = tried(with(three, "steps", two));
        put(with(three, "steps", two)).statusCode(200);
        ValidatableResponse adding = tried(with(three, "steps", List.of(steps.get(0), steps.get(2), step(4))));

        // Then
        removing.statusCode(200).body("effect.steps", hasSize(0));
        adding.statusCode(200).body("effect.steps.trigger", contains("fitness_day4"));
    }

    @Test
    void a_copy_is_inactive_and_has_steps_of_its_own() {
        // Given
        List<String> steps = get().extract().path("steps.id");

        // When
        ValidatableResponse copy =
                toko.as("operator").post(PATH + fitness + "/clone").then();

        // Then
        copy.statusCode(201)
                .body("name", equalTo("30 Day Fitness Challenge (copy)"))
                .body("status", equalTo("inactive"))
                .body("steps.trigger", contains("fitness_day1", "fitness_day2"))
                .body("steps.id", not(containsInAnyOrder(steps.toArray())));
    }

    @Test
    void two_steps_can_change_places_and_triggers() {
        // Given
        List<Map<String, Object>> steps = get().extract().path("steps");
        Map<String, Object> first = with(steps.get(0), "trigger", "fitness_day2");
        Map<String, Object> second = with(steps.get(1), "trigger", "fitness_day1");

        // When
        ValidatableResponse answer = put(with(challenge(2), "steps", List.of(second, first)));

        // Then
        answer.statusCode(200)
                .body("steps.id", contains(steps.get(1).get("id"), steps.get(0).get("id")))
                .body("steps.trigger", contains("fitness_day1", "fitness_day2"));
        get().body("steps.trigger", contains("fitness_day1", "fitness_day2"));
    }

    @Test
    void of_a_draft_that_nobody_was_inside_no_removed_steps_are_kept() {
        // When
        for (int edit = 0; edit < 20; edit++) {
            put(withOtherTriggers(challenge(3), edit)).statusCode(200).body("steps", hasSize(3));
        }

        // Then
        assertThat(storedSteps()).isEqualTo(3);
        get().body("steps.trigger", contains("other19_0", "other19_1", "other19_2"));
    }

    @Test
    void a_sequence_that_somebody_was_inside_keeps_a_thousand_removed_steps_and_no_more() {
        // Given
        somebodyIsInside();
        for (int edit = 0; edit < 3; edit++) {
            put(withOtherTriggers(challenge(365), edit)).statusCode(200);
        }

        // When
        ValidatableResponse oneMore = put(withOtherTriggers(challenge(365), 3));

        // Then
        oneMore.statusCode(400)
                .body("violations.field", contains("steps"))
                .body("violations.code", contains("too_many"));
        assertThat(storedSteps()).isEqualTo(2 + 3 * 365);
        put(with(withOtherTriggers(challenge(365), 2), "name", "Renamed")).statusCode(200);
    }

    private static Map<String, Object> withOtherTriggers(Map<String, Object> document, int edit) {
        Map<String, Object> changed = document;
        for (int step = 0; step < ((List<?>) document.get("steps")).size(); step++) {
            changed = withStep(changed, step, "trigger", "other" + edit + "_" + step);
        }
        return changed;
    }

    private int storedSteps() {
        return stage.database()
                .run("SELECT FROM sequence_steps WHERE sequence_id = $1", fitness.value())
                .rowCount();
    }

    @Test
    void an_active_sequence_stays_fit_to_be_active() {
        put(withStep(challenge(2), 0, "is_entry_point", false))
                .statusCode(400)
                .body("violations.field", contains("steps"));
    }

    @Test
    void a_sequence_that_is_put_without_a_status_is_inactive_and_its_plan_says_so() {
        // When
        put(with(challenge(2), "status", null)).statusCode(200).body("status", equalTo("inactive"));

        // Then
        await().untilAsserted(() -> assertThat(stage.plans(toko))
                .extracting(Plan::status)
                .containsExactly(PlanStatus.ACTIVE, PlanStatus.PAUSED));
    }

    private Tenant.Lead somebodyIsInside() {
        return somebodyIsInside("active pending");
    }

    private Tenant.Lead somebodyIsInside(String where) {
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        assertThat(stage.contacts(fitness, ani)).isEqualTo(where);
        return ani;
    }

    private ValidatableResponse get() {
        return toko.as("viewer").get(PATH + fitness).then();
    }

    private ValidatableResponse put(Map<String, ?> document) {
        return toko.as("operator").body(document).put(PATH + fitness).then();
    }

    private ValidatableResponse tried(Map<String, ?> document) {
        return toko.as("operator")
                .body(document)
                .put(PATH + fitness + "?dry_run=true")
                .then();
    }

    private ValidatableResponse patch(String json) {
        return toko.as("operator").body(json).patch(PATH + fitness).then();
    }
}
