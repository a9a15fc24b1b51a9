package io.siaran.sequence.authoring;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.step;
import static io.siaran.sequence.Fitness.with;
import static io.siaran.sequence.Fitness.withStep;
import static org.assertj.core.api.Assertions.assertThat;
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
    void images_are_looked_at_where_the_caller_asks_for_it() {
        // Given
        Map<String, Object> image = withStep(challenge(3), 1, "message_type", "image");
        image = withStep(image, 1, "media_url", "http://127.0.0.1:1/a.png");

        // Then
        toko.as("operator")
                .body(image)
                .post(PATH + "?check_media=true")
                .then()
                .statusCode(400)
                .body("violations.field", hasOnly("steps[1].media_url"));
        toko.as("operator")
                .body(challenge(1))
                .post(PATH + "?check_media=true")
                .then()
                .statusCode(201);
    }

    @Test
    void a_content_that_cannot_be_read_is_refused_with_its_place() {
        post(withStep(challenge(3), 2, "content", "Day 3\n {Hi {{name}}"))
                .statusCode(400)
                .body("violations.field", hasOnly("steps[2].content"))
                .body("violations[0].message", containsString("line 2, column 2"));
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

    private ValidatableResponse post(Map<String, Object> document) {
        return toko.as("operator").body(document).post(PATH).then();
    }

    private ValidatableResponse get(SequenceId id) {
        return toko.as("viewer").get(PATH + "/" + id).then();
    }

    private static Matcher<Iterable<? extends String>> hasOnly(String field) {
        return containsInAnyOrder(field);
    }
}
