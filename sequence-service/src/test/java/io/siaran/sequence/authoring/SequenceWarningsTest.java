package io.siaran.sequence.authoring;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.with;
import static io.siaran.sequence.Fitness.withStep;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.localstack.TestServers;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is saved, and its author should know of. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class SequenceWarningsTest {

    private static final String PATH = "/api/v1/sequences";

    @Inject
    Stage stage;

    private Tenant toko;

    @BeforeEach
    void aUserWithALead() {
        toko = stage.tenant();
        toko.lead("Ani").told();
    }

    @Test
    void a_sequence_that_is_in_order_has_none() {
        post(challenge(3)).statusCode(201).body("warnings", empty());
    }

    @Test
    void a_content_too_long_for_a_platform() {
        post(withStep(challenge(3), 2, "content", "x".repeat(1_025)))
                .statusCode(201)
                .body("warnings.code", contains("too_long_for_platform"))
                .body("warnings.field", contains("steps[2].content"));
    }

    @Test
    void a_step_that_no_path_reaches() {
        post(withStep(challenge(3), 0, "next_trigger", "fitness_day3"))
                .statusCode(201)
                .body("warnings.code", contains("unreachable_step"))
                .body("warnings.field", contains("steps[1].trigger"));
    }

    @Test
    void a_sequence_that_nobody_can_enter() {
        post(with(with(challenge(1), "steps", List.of()), "status", "inactive"))
                .statusCode(201)
                .body("warnings.code", contains("no_entry_trigger"));
    }

    @Test
    void an_audience_of_nobody() {
        post(with(challenge(1), "niche", "gardening"))
                .statusCode(201)
                .body("warnings.code", contains("empty_audience"))
                .body("warnings.field", contains("niche"));
        post(with(challenge(1), "target_status", "customer"))
                .statusCode(201)
                .body("warnings.code", contains("twin_trigger", "twin_trigger", "empty_audience"));
    }

    @Test
    void a_trigger_that_another_active_sequence_has_as_well() {
        // Given
        String first = post(with(challenge(1), "status", "inactive")).extract().path("id");
        Map<String, Object> other = withStep(challenge(1), 0, "trigger", "other_day1");
        String second = post(other).body("warnings", empty()).extract().path("id");

        // When
        ValidatableResponse activated =
                toko.as("operator").post(PATH + "/" + first + "/activate").then();

        // Then
        activated.body("warnings.code", contains("twin_trigger")).body("warnings.field", contains("trigger"));
        toko.as("viewer").get(PATH).then().body("items.warnings.flatten().field", contains("trigger", "trigger"));
        toko.as("operator").post(PATH + "/" + second + "/deactivate").then().statusCode(200);
        toko.as("viewer").get(PATH + "/" + first).then().body("warnings", empty());
    }

    private ValidatableResponse post(Map<String, Object> document) {
        return toko.as("operator").body(document).post(PATH).then();
    }
}
