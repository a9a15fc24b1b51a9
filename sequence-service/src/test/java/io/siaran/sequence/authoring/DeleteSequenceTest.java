package io.siaran.sequence.authoring;

import static io.siaran.sequence.Fitness.challenge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.localstack.TestServers;
import io.siaran.model.PlanStatus;
import io.siaran.model.SequenceEvent;
import io.siaran.model.SequenceId;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** DELETE of a sequence, and what becomes of who is inside. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class DeleteSequenceTest {

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
    void an_active_sequence_with_somebody_inside_is_not_deleted() {
        // Given
        Tenant.Lead ani = somebodyIsInside();
        delete().statusCode(409).body("detail", containsString("deactivate it first"));
        toko.deactivate(fitness);

        // When
        ValidatableResponse answer = delete();
        stage.pass();

        // Then
        answer.statusCode(204);
        get().statusCode(404);
        delete().statusCode(404);
        toko.as("viewer").get(PATH + fitness + "/report").then().statusCode(404);
        toko.as("viewer").get("/api/v1/sequences").then().body("items", hasSize(0));
        assertThat(stage.contacts(fitness, ani)).isEqualTo("cancelled cancelled");
        await().untilAsserted(() -> assertThat(stage.withdrawn(toko)).hasSize(1));
        await().untilAsserted(() -> assertThat(stage.plans(toko).getLast())
                .satisfies(plan -> assertThat(plan.deleted()).isTrue())
                .satisfies(plan -> assertThat(plan.status()).isEqualTo(PlanStatus.CANCELLED)));
        await().untilAsserted(() -> assertThat(stage.events(toko))
                .filteredOn(SequenceEvent.Left.class::isInstance)
                .extracting(event -> ((SequenceEvent.Left) event).reason())
                .containsExactly("sequence_deleted"));
    }

    @Test
    void an_active_sequence_that_nobody_is_inside_is_deleted_and_nobody_enters_any_more() {
        // When
        delete().statusCode(204);
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();

        // Then
        assertThat(stage.contacts(fitness, ani)).isEmpty();
    }

    private Tenant.Lead somebodyIsInside() {
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        assertThat(stage.contacts(fitness, ani)).isEqualTo("active pending");
        return ani;
    }

    private ValidatableResponse get() {
        return toko.as("viewer").get(PATH + fitness).then();
    }

    private ValidatableResponse delete() {
        return toko.as("operator").delete(PATH + fitness).then();
    }
}
