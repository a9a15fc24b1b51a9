package io.siaran.sequence.authoring;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.with;
import static io.siaran.sequence.Fitness.withStep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;

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
import java.util.Map;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What it takes to be active, and who is told. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ActivationTest {

    private static final String PATH = "/api/v1/sequences";

    @Inject
    Stage stage;

    private Tenant toko;

    @BeforeEach
    void aUserOfItsOwn() {
        toko = stage.tenant();
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

    private ValidatableResponse post(Map<String, Object> document) {
        return toko.as("operator").body(document).post(PATH).then();
    }

    private ValidatableResponse activate(SequenceId id) {
        return toko.as("operator").post(PATH + "/" + id + "/activate").then();
    }

    private Plan plan(SequenceId id, PlanStatus status, long version) {
        return Plan.ofSequence(id, toko.user(), status, "30 Day Fitness Challenge", version, false);
    }

    private static Matcher<Iterable<? extends String>> hasOnly(String field) {
        return containsInAnyOrder(field);
    }
}
