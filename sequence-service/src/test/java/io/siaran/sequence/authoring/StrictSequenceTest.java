package io.siaran.sequence.authoring;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.with;
import static io.siaran.sequence.Fitness.withStep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.localstack.TestServers;
import io.siaran.model.Json;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not exactly right is refused with its field, because a wrong reading sends. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class StrictSequenceTest {

    private static final String PATH = "/api/v1/sequences";

    @Inject
    Stage stage;

    private Tenant toko;

    @BeforeEach
    void aUserOfItsOwn() {
        toko = stage.tenant();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "name|true",
                "name|1",
                "name|null",
                "name|\" \"",
                "name|\"half \\ud83d of a pair\"",
                "name|\"a line\\nbreak\"",
                "niche|\"fitness, travel\"",
                "niche|1",
                "trigger|[\"fitness_start\"]",
                "target_status|1",
                "target_status|\"CUSTOMER \"",
                "status|0",
                "anti_spam|2",
                "on_failure|1",
                "on_unknown|\"\"",
                "stop_on_reply|\"true\"",
                "allow_reentry|1",
                "time_zone|\"\"",
                "time_zone|\"Mars/Olympus\"",
                "expire_after|7",
                "expire_after|\"\"",
                "expire_after|\"P200000000D\"",
                "min_delay_seconds|\"5\"",
                "min_delay_seconds|1.5",
                "max_delay_seconds|1e300",
                "steps|{}",
                "steps|\"\"",
                "nice|\"fitness\""
            })
    void a_field_of_the_sequence(String field, String json) {
        post(changed(challenge(1), field, json)).statusCode(400).body("violations.field", hasItem(field));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "send_at|\"24:00\"",
                "send_at|[10,0]",
                "send_at|\"\"",
                "send_at|\"9:00\"",
                "send_at|\"09:00:30\"",
                "send_at|36000",
                "trigger_delay_hours|1e300",
                "trigger_delay_hours|1e999999999",
                "trigger_delay_hours|-1",
                "trigger_delay_hours|\"24\"",
                "trigger_delay_hours|\"\"",
                "trigger_delay_hours|0.00001",
                "trigger_delay_hours|true",
                "day_number|0",
                "day_number|\"1\"",
                "day_number|1.0",
                "day_number|2147483648",
                "is_entry_point|\"true\"",
                "message_type|0",
                "message_type|\"video\"",
                "content|1",
                "content|\"\"",
                "content|\"half \\udd25 of a pair\"",
                "content|\"nothing\\u0000\"",
                "media_url|\"file:///etc/passwd\"",
                "media_url|\"https://example.com/day1.png\"",
                "trigger|\"a,b\"",
                "next_trigger|1",
                "id|\"01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d48\"",
                "wait|1"
            })
    void a_field_of_a_step(String field, String json) {
        String step = changed(step(), field, json);
        post("{\"name\":\"S\",\"steps\":[" + Json.write(step()) + "," + step.replace("fitness_day1", "fitness_day2")
                        + "]}")
                .statusCode(400)
                .body("violations.field", hasItem("steps[1]." + field));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"A\",\"name\":\"B\"}",
                "{\"name\":\"A\",\"steps\":[{\"content\":\"A\",\"content\":\"B\"}]}",
                "{\"name\":\"A\"} {\"name\":\"B\"}",
                "{\"name\":\"A\",\"steps\":[null]}",
                "null",
                "[]",
                "\"name\"",
                ""
            })
    void a_body_that_can_be_read_in_two_ways_or_in_none(String json) {
        post(json).statusCode(400);
    }

    @Test
    void everything_that_is_wrong_is_named_at_once() {
        post("{\"name\":1,\"nice\":true,\"steps\":[{\"content\":\"Hi\",\"day_number\":\"1\",\"send_at\":\"24:00\"}]}")
                .statusCode(400)
                .body("violations.field", hasItem("name"))
                .body("violations.field", hasItem("nice"))
                .body("violations.field", hasItem("steps[0].day_number"))
                .body("violations.field", hasItem("steps[0].send_at"));
    }

    @Test
    void what_contradicts_itself_is_explained_at_the_very_step() {
        Map<String, Object> circle = withStep(challenge(3), 2, "next_trigger", "fitness_day2");
        Map<String, Object> twins = withStep(withStep(circle, 2, "min_delay_seconds", 9), 2, "max_delay_seconds", 3);
        post(Json.write(withStep(twins, 0, "trigger", "fitness_day2")))
                .statusCode(400)
                .body(
                        "violations.find { it.field == 'steps[1].trigger' }.message",
                        equalTo("is the trigger of steps[0] as well"))
                .body("violations.field", hasItem("steps[2].max_delay_seconds"));
        post(Json.write(circle))
                .statusCode(400)
                .body(
                        "violations.find { it.field == 'steps[2].next_trigger' }.message",
                        equalTo("leads back to this step: fitness_day3 → fitness_day2 → fitness_day3"));
        post(Json.write(withStep(challenge(1), 0, "trigger_delay_hours", -1)))
                .statusCode(400)
                .body(
                        "violations.message",
                        hasItem("must not be negative: no step comes before the one that it follows"));
    }

    @Test
    void more_steps_than_a_year_has_days_cost_nothing() {
        for (String step : List.of("{}", "null", "{\"day_number\":0,\"trigger\":\",\",\"content\":\"\"}")) {
            // Given
            String body = "{\"name\":\"S\",\"steps\":[" + String.join(",", Collections.nCopies(10_000, step)) + "]}";
            Instant before = Instant.now();

            // When
            ValidatableResponse answer = post(body);

            // Then
            answer.statusCode(400).body("violations.field", everyItem(startsWith("steps")));
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void triggers_and_niches_are_the_same_however_they_are_spelt() {
        Map<String, Object> document = with(with(challenge(1), "niche", " Cafe\u0301\u00a0"), "trigger", "EM\u200bAS");
        post(Json.write(document))
                .statusCode(201)
                .body("niche", equalTo("caf\u00e9"))
                .body("trigger", equalTo("emas"));
        post(Json.write(withStep(challenge(1), 0, "trigger", "\u200b"))).statusCode(400);
    }

    private static Map<String, Object> step() {
        @SuppressWarnings("unchecked")
        List<Map<String, Object>> steps =
                (List<Map<String, Object>>) challenge(1).get("steps");
        return steps.getFirst();
    }

    /** The document with a field that is written as this JSON. */
    private static String changed(Map<String, Object> document, String field, String json) {
        return Json.write(with(document, field, "@@")).replace("\"@@\"", json);
    }

    private ValidatableResponse post(String json) {
        return toko.as("operator").body(json).post(PATH).then();
    }
}
