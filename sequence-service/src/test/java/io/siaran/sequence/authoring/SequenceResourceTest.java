package io.siaran.sequence.authoring;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.step;
import static io.siaran.sequence.Fitness.with;
import static io.siaran.sequence.Fitness.withStep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.localstack.TestServers;
import io.siaran.model.Plan;
import io.siaran.model.PlanKind;
import io.siaran.model.PlanStatus;
import io.siaran.model.SequenceId;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class SequenceResourceTest {

    private static final String PATH = "/api/v1/sequences";

    @Inject
    Stage stage;

    private Tenant toko;

    @BeforeEach
    void aUserOfItsOwn() {
        toko = stage.tenant();
    }

    @Test
    void a_sequence_is_answered_as_it_was_posted_with_its_defaults() {
        // Given
        Map<String, Object> document = withStep(challenge(2), 1, "trigger_delay_hours", 0.5);
        document = withStep(withStep(document, 1, "send_at", "09:30"), 1, "trigger", " Fitness_DAY2 ");
        SequenceId id = toko.sequence(with(document, "status", null));

        // When
        ValidatableResponse answer = get(id);

        // Then
        answer.statusCode(200)
                .body("id", equalTo(id.toString()))
                .body("name", equalTo("30 Day Fitness Challenge"))
                .body("status", equalTo("inactive"))
                .body("target_status", equalTo("all"))
                .body("on_failure", equalTo("continue"))
                .body("on_unknown", equalTo("continue"))
                .body("stop_on_reply", is(false))
                .body("allow_reentry", is(false))
                .body("expire_after", equalTo("P7D"))
                .body("anti_spam", nullValue())
                .body("steps", hasSize(2))
                .body("steps[0].is_entry_point", is(true))
                .body("steps[0].message_type", equalTo("text"))
                .body("steps[0].trigger_delay_hours", nullValue())
                .body("steps[1].trigger", equalTo("fitness_day2"))
                .body("steps[1].trigger_delay_hours", equalTo(0.5f))
                .body("steps[1].send_at", equalTo("09:30"));
    }

    @Test
    void problems_name_the_fields() {
        // Given
        Map<String, Object> document = withStep(challenge(3), 0, "content", " ");
        document = withStep(document, 1, "day_number", 0);
        document = withStep(document, 2, "trigger_delay_hours", -1);
        document = with(with(document, "name", null), "max_delay_seconds", 3_601);

        // When
        ValidatableResponse answer = post(document);

        // Then
        answer.statusCode(400)
                .contentType("application/problem+json")
                .body(
                        "violations.field",
                        containsInAnyOrder(
                                "name",
                                "max_delay_seconds",
                                "steps[0].content",
                                "steps[1].day_number",
                                "steps[2].trigger_delay_hours"));
    }

    @Test
    void problems_between_fields_name_them_too() {
        // Given
        Map<String, Object> document = withStep(challenge(4), 0, "min_delay_seconds", 5);
        document = withStep(document, 1, "message_type", "image");
        document = withStep(document, 2, "trigger", "FITNESS_day2");
        document = withStep(document, 3, "next_trigger", "fitness_day1");
        document = with(with(document, "min_delay_seconds", 20), "max_delay_seconds", 10);

        // When
        ValidatableResponse answer = post(document);

        // Then
        answer.statusCode(400)
                .body(
                        "violations.field",
                        containsInAnyOrder(
                                "max_delay_seconds",
                                "steps[0].max_delay_seconds",
                                "steps[1].media_url",
                                "steps[2].trigger",
                                "steps[3].next_trigger"));
    }

    @Test
    void a_content_that_cannot_be_read_is_refused_with_its_place() {
        post(withStep(challenge(3), 2, "content", "Day 3\n {Hi {{name}}"))
                .statusCode(400)
                .body("violations.field", hasOnly("steps[2].content"))
                .body("violations[0].message", containsString("line 2, column 2"));
    }

    @Test
    void a_content_too_long_for_a_platform_is_saved_and_warned_of() {
        post(withStep(challenge(3), 2, "content", "x".repeat(1_025)))
                .statusCode(201)
                .body("warnings.field", hasOnly("steps[2].content"))
                .body("warnings[0].message", containsString("Wablas"));
    }

    @Test
    void what_cannot_be_read_is_named() {
        post(with(challenge(1), "expire_after", "a week"))
                .statusCode(400)
                .body("violations.field", hasOnly("expire_after"));
        post(with(challenge(1), "expire_after", "P200000000D"))
                .statusCode(400)
                .body("violations.field", hasOnly("expire_after"));
        post(withStep(challenge(1), 0, "content", "Day 1\0"))
                .statusCode(400)
                .body("violations.field", hasOnly("steps[0].content"));
        post(withStep(challenge(1), 0, "media_url", "file:///etc/passwd"))
                .statusCode(400)
                .body("violations.field", hasOnly("steps[0].media_url"));
        post(with(challenge(1), "time_zone", "Mars/Olympus"))
                .statusCode(400)
                .body("violations.field", hasOnly("time_zone"));
        post(with(challenge(1), "nice", "fitness")).statusCode(400).body("violations.field", hasOnly("nice"));
        post(with(challenge(1), "niche", "fitness, travel")).statusCode(400).body("violations.field", hasOnly("niche"));
        post(withStep(challenge(1), 0, "send_at", "9 am"))
                .statusCode(400)
                .body("violations.field", hasOnly("steps[0].send_at"));
    }

    @Test
    void a_sequence_without_an_entry_point_is_stored_and_not_activated() {
        // Given
        Map<String, Object> document = withStep(challenge(1), 0, "is_entry_point", false);
        SequenceId draft = toko.sequence(with(document, "status", "inactive"));

        // When
        ValidatableResponse activation = activate(draft);

        // Then
        activation.statusCode(400).body("violations.field", hasOnly("steps"));
        post(document).statusCode(400).body("violations.field", hasOnly("steps"));
    }

    @Test
    void a_step_may_lead_into_another_sequence_that_exists() {
        // Given
        Map<String, Object> cold = withStep(challenge(1), 0, "next_trigger", "warm_start");
        SequenceId draft = toko.sequence(with(cold, "status", "inactive"));
        activate(draft).statusCode(400).body("violations.field", hasOnly("steps[0].next_trigger"));
        toko.sequence(with(with(challenge(1), "status", "inactive"), "trigger", "warm_start"));

        // When
        ValidatableResponse activation = activate(draft);

        // Then
        activation.statusCode(200).body("status", equalTo("active"));
    }

    @Test
    void each_change_of_status_announces_the_plan_once() {
        // Given
        SequenceId id = toko.sequence(with(challenge(1), "status", "inactive"));

        // When
        toko.activate(id);
        toko.activate(id);
        toko.deactivate(id);

        // Then
        await().untilAsserted(() -> assertThat(stage.plans(toko))
                .containsExactly(
                        plan(id, PlanStatus.PAUSED, 1),
                        plan(id, PlanStatus.ACTIVE, 2),
                        plan(id, PlanStatus.PAUSED, 3)));
    }

    @Test
    void a_repeated_key_makes_one_sequence() {
        // Given
        Map<String, Object> document = challenge(1);
        String key = UUID.randomUUID().toString();
        String first = toko.as("operator")
                .header("Idempotency-Key", key)
                .body(document)
                .post(PATH)
                .path("id");

        // When
        var second = toko.as("operator")
                .header("Idempotency-Key", key)
                .body(document)
                .post(PATH);

        // Then
        second.then().statusCode(201).header("Idempotency-Replayed", "true").body("id", equalTo(first));
        toko.as("viewer").get(PATH).then().body("items", hasSize(1));
    }

    @Test
    void somebody_elses_sequence_is_not_there() {
        // Given
        SequenceId id = toko.sequence(challenge(1));
        Tenant other = stage.tenant();

        // When
        List<ValidatableResponse> answers = List.of(
                other.as("viewer").get(PATH + "/" + id).then(),
                other.as("operator").post(PATH + "/" + id + "/activate").then(),
                other.as("operator").post(PATH + "/" + id + "/deactivate").then(),
                other.as("viewer").get(PATH + "/" + id + "/contacts").then(),
                other.as("viewer").get(PATH + "/" + id + "/report").then());

        // Then
        assertThat(answers).allSatisfy(answer -> answer.statusCode(404).contentType("application/problem+json"));
        other.as("viewer").get(PATH).then().body("items", hasSize(0));
    }

    @Test
    void a_viewer_reads_and_does_not_write() {
        toko.as("viewer").body(challenge(1)).post(PATH).then().statusCode(403);
        toko.as("viewer").get(PATH).then().statusCode(200);
    }

    @Test
    void a_list_goes_on_where_it_ended() {
        // Given
        List<String> ids = List.of(
                toko.sequence(challenge(1)).toString(),
                toko.sequence(with(challenge(3), "status", "inactive")).toString(),
                toko.sequence(challenge(2)).toString());
        var first = toko.as("viewer").get(PATH + "?limit=2");

        // When
        var second = toko.as("viewer").get(PATH + "?limit=2&cursor=" + first.path("next_cursor"));

        // Then
        first.then().body("items.id", equalTo(ids.subList(0, 2))).body("items[1].steps", hasSize(3));
        second.then().body("items.id", equalTo(ids.subList(2, 3))).body("next_cursor", nullValue());
        toko.as("viewer").get(PATH + "?status=inactive").then().body("items.id", equalTo(ids.subList(1, 2)));
    }

    @Test
    void a_sequence_of_no_steps_is_a_draft() {
        assertThat(toko.sequence(with(with(challenge(1), "steps", List.of()), "status", "inactive")))
                .isNotNull();
        post(with(challenge(1), "steps", List.of(step(1), Map.of())))
                .statusCode(400)
                .body(
                        "violations.field",
                        containsInAnyOrder("steps[1].content", "steps[1].day_number", "steps[1].trigger"));
    }

    private ValidatableResponse post(Map<String, Object> document) {
        return toko.as("operator").body(document).post(PATH).then();
    }

    private ValidatableResponse get(SequenceId id) {
        return toko.as("viewer").get(PATH + "/" + id).then();
    }

    private ValidatableResponse activate(SequenceId id) {
        return toko.as("operator").post(PATH + "/" + id + "/activate").then();
    }

    private Plan plan(SequenceId id, PlanStatus status, long version) {
        return new Plan(
                id.value(), PlanKind.SEQUENCE, toko.user(), status, 0, "30 Day Fitness Challenge", version, false);
    }

    private static Matcher<Iterable<? extends String>> hasOnly(String field) {
        return containsInAnyOrder(field);
    }
}
