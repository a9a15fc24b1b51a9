package io.siaran.sequence.authoring;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.with;
import static io.siaran.sequence.Fitness.withStep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who sees which sequences, and who may write. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class SequenceListTest {

    private static final String PATH = "/api/v1/sequences";

    @Inject
    Stage stage;

    private Tenant toko;

    @BeforeEach
    void aUserOfItsOwn() {
        toko = stage.tenant();
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
        var newest = toko.as("viewer").get(PATH + "?limit=2&sort=-created_at");
        newest.then().body("items.id", equalTo(ids.reversed().subList(0, 2)));
        toko.as("viewer")
                .get(PATH + "?sort=-created_at&cursor=" + newest.path("next_cursor"))
                .then()
                .body("items.id", equalTo(ids.subList(0, 1)));
        toko.as("viewer").get(PATH + "?status=inactive").then().body("items.id", equalTo(ids.subList(1, 2)));
    }

    @Test
    void a_page_ends_where_its_texts_are_more_than_it_may_have() {
        // Given
        SequenceId year = toko.sequence(ofTexts(200, 4_000));
        List<String> ids = new ArrayList<>(List.of(year.toString()));
        for (int copy = 0; copy < 5; copy++) {
            ids.add(toko.as("operator")
                    .post(PATH + "/" + year + "/clone")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id"));
        }

        // When
        var first = toko.as("viewer").get(PATH + "?limit=6");

        // Then
        first.then().statusCode(200).body("items.id", equalTo(ids.subList(0, 5)));
        toko.as("viewer")
                .get(PATH + "?limit=6&cursor=" + first.path("next_cursor"))
                .then()
                .body("items.id", equalTo(ids.subList(5, 6)))
                .body("items[0].steps", hasSize(200))
                .body("next_cursor", nullValue());
    }

    private static Map<String, Object> ofTexts(int steps, int length) {
        Map<String, Object> document = challenge(steps);
        for (int step = 0; step < steps; step++) {
            document = withStep(document, step, "content", "a".repeat(length));
        }
        return document;
    }

    @Test
    void filters_narrow_and_may_repeat() {
        // Given
        String fitness = toko.sequence(challenge(1)).toString();
        String travel = toko.sequence(with(
                        with(with(challenge(1), "name", "100% Travel_Tips"), "niche", "Travel"), "status", "inactive"))
                .toString();
        Map<String, Object> ofStep = with(with(challenge(1), "trigger", null), "niche", null);
        String day = toko.sequence(withStep(ofStep, 0, "trigger", "Other_Day1")).toString();

        // Then
        assertThat(ids("status=active")).containsExactly(fitness, day);
        assertThat(ids("status=active&status=inactive")).containsExactly(fitness, travel, day);
        assertThat(ids("niche=TRAVEL")).containsExactly(travel);
        assertThat(ids("trigger=fitness_start")).containsExactly(fitness, travel);
        assertThat(ids("trigger=OTHER_day1")).containsExactly(day);
        assertThat(ids("q=travel_")).containsExactly(travel);
        assertThat(ids("q=0%25")).containsExactly(travel);
        assertThat(ids("q=____")).isEmpty();
        assertThat(ids("q=30&niche=travel")).isEmpty();
    }

    @Test
    void what_was_changed_since_then_is_found() {
        // Given
        toko.sequence(challenge(1));
        SequenceId later = toko.sequence(with(challenge(1), "status", "inactive"));
        toko.activate(later);
        String changed =
                toko.as("viewer").get(PATH + "/" + later).then().extract().path("updated_at");

        // Then
        assertThat(ids("updated_since=" + changed)).containsExactly(later.toString());
        assertThat(ids("updated_since=2100-01-01T00:00:00Z")).isEmpty();
    }

    @Test
    void a_filter_that_is_none_is_refused() {
        list("status=gone").statusCode(400).body("violations.field", contains("status"));
        list("status=active&status=gone").statusCode(400).body("violations.field", contains("status"));
        list("nice=a").statusCode(400).body("violations.field", contains("nice"));
    }

    @Test
    void somebody_elses_sequence_is_not_there() {
        // Given
        SequenceId id = toko.sequence(challenge(1));
        Tenant other = stage.tenant();

        // When
        List<ValidatableResponse> answers = List.of(
                other.as("viewer").get(PATH + "/" + id).then(),
                other.as("operator").body(challenge(1)).put(PATH + "/" + id).then(),
                other.as("operator").body("{}").patch(PATH + "/" + id).then(),
                other.as("operator").delete(PATH + "/" + id).then(),
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
        String one = PATH + "/" + toko.sequence(challenge(1));
        toko.as("viewer").body(challenge(1)).put(one).then().statusCode(403);
        toko.as("viewer").body("{}").patch(one).then().statusCode(403);
        toko.as("viewer").delete(one).then().statusCode(403);
    }

    private List<String> ids(String query) {
        return list(query).statusCode(200).extract().path("items.id");
    }

    private ValidatableResponse list(String query) {
        return toko.as("viewer")
                .urlEncodingEnabled(false)
                .get(PATH + "?" + query)
                .then();
    }
}
