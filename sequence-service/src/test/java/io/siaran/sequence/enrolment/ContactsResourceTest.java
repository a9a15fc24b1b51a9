package io.siaran.sequence.enrolment;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.with;
import static io.siaran.sequence.Fitness.withStep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.localstack.TestServers;
import io.siaran.model.LeadCommand;
import io.siaran.model.SequenceId;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Statuses;
import io.siaran.sequence.Tenant;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Letting leads in and taking them out over REST, and why a lead is not in. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ContactsResourceTest {

    @Inject
    Stage stage;

    private Tenant toko;
    private SequenceId fitness;
    private String path;

    @BeforeEach
    void aSequenceOfTwoSteps() {
        toko = stage.tenant();
        fitness = toko.sequence(challenge(2));
        path = "/api/v1/sequences/" + fitness;
    }

    @Test
    void who_is_asked_to_enter_enters_without_a_trigger_whatever_its_niche_and_goes_through() {
        // Given
        Tenant.Lead ani = toko.lead("Ani").interestedIn("cooking").told();
        Tenant.Lead budi = toko.lead("Budi").told();
        String stranger = UUID.randomUUID().toString();

        // When
        var answer = toko.as("operator")
                .body(Map.of("lead_ids", List.of(ani.id().toString(), stranger)))
                .post(path + "/contacts");

        // Then
        answer.then().statusCode(202).body("requested", equalTo(1)).body("unknown_leads", contains(stranger));
        stage.pass();
        assertThat(stage.contacts(fitness, ani)).isEqualTo("active pending");
        assertThat(stage.contacts(fitness, budi)).isEmpty();
        stage.tell(Statuses.sent(stage.firedFor(ani, toko), 2, Instant.now().minusSeconds(90_000)));
        stage.pass();
        stage.tell(Statuses.sent(stage.fired(toko).getLast(), 2, Instant.now()));
        assertThat(stage.contacts(fitness, ani)).isEqualTo("sent sent");
        assertThat(stage.commands(toko))
                .filteredOn(LeadCommand.RemoveTrigger.class::isInstance)
                .isEmpty();
    }

    @Test
    void who_is_asked_to_enter_begins_where_the_sequence_begins_when_it_is_let_in() {
        // Given
        SequenceId late = toko.sequence(withStep(challenge(1), 0, "day_number", 2));
        Tenant.Lead ani = toko.lead("Ani").told();
        toko.as("operator")
                .body(Map.of("lead_ids", List.of(ani.id().toString())))
                .post("/api/v1/sequences/" + late + "/contacts")
                .then()
                .statusCode(202);

        // When
        toko.as("operator")
                .body(withStep(challenge(1), 0, "trigger", "fitness_intro"))
                .put("/api/v1/sequences/" + late)
                .then()
                .statusCode(200);
        stage.pass();

        // Then
        assertThat(stage.contacts(late, ani)).isEqualTo("active");
        assertThat(stage.fired(toko)).hasSize(1);
    }

    @Test
    void why_named_leads_do_not_enter_is_told_at_once_by_reason() {
        // Given
        Tenant.Lead ani = toko.lead("Ani").told();
        Tenant.Lead budi = toko.lead("Budi").told();
        Tenant.Lead citra = toko.lead("Citra").told();
        Tenant.Lead again = toko.lead("Ani").as(ani.phone()).on(toko.biru()).told();
        Tenant.Lead dewi = toko.lead("Dewi").told();
        letIn(ani, budi).body("skipped", anEmptyMap());
        stage.pass();
        toko.as("operator").delete(path + "/contacts/" + budi.id()).then().statusCode(204);
        toko.suppress(citra);

        // When // Then
        letIn(ani, budi, citra, again, dewi)
                .body("requested", equalTo(5))
                .body(
                        "skipped",
                        equalTo(Map.of(
                                "already_inside", 1, "was_inside", 1, "suppressed", 1, "same_person_inside", 1)));
        stage.pass();
        assertThat(stage.contacts(fitness, budi)).isEqualTo("cancelled cancelled");
        assertThat(stage.contacts(fitness, citra)).isEmpty();
        assertThat(stage.contacts(fitness, again)).isEmpty();
        assertThat(stage.contacts(fitness, dewi)).isEqualTo("active pending");
    }

    @Test
    void why_named_leads_are_not_taken_out_is_told_by_reason() {
        // Given
        Tenant.Lead ani = toko.lead("Ani").told();
        Tenant.Lead budi = toko.lead("Budi").told();
        Tenant.Lead citra = toko.lead("Citra").told();
        letIn(ani);
        stage.pass();
        letIn(citra);

        // When
        var answer = toko.as("operator")
                .body(Map.of(
                        "lead_ids",
                        List.of(
                                ani.id().toString(),
                                budi.id().toString(),
                                citra.id().toString(),
                                UUID.randomUUID().toString())))
                .post(path + "/contacts/take-out")
                .then();

        // Then
        answer.statusCode(200)
                .body("taken_out", equalTo(2))
                .body("skipped", equalTo(Map.of("not_inside", 1, "unknown_lead", 1)));
    }

    private ValidatableResponse letIn(Tenant.Lead... leads) {
        return toko.as("operator")
                .body(Map.of(
                        "lead_ids",
                        Stream.of(leads).map(lead -> lead.id().toString()).toList()))
                .post(path + "/contacts")
                .then()
                .statusCode(202);
    }

    @Test
    void a_filter_lets_in_and_takes_out_all_that_match() {
        // Given
        Tenant.Lead ani = toko.lead("Ani").told();
        Tenant.Lead budi = toko.lead("Budi").on(toko.biru()).told();
        toko.as("operator")
                .body(Map.of("filter", Map.of("niche", "travel")))
                .post(path + "/contacts")
                .then()
                .statusCode(202)
                .body("requested", equalTo(2))
                .body("skipped", nullValue());
        stage.pass();
        assertThat(stage.contacts(fitness, budi)).isEqualTo("active pending");

        // When
        var answer = toko.as("operator")
                .body(Map.of("filter", Map.of("device_id", toko.biru().toString())))
                .post(path + "/contacts/take-out");

        // Then
        answer.then()
                .statusCode(200)
                .body("taken_out", equalTo(1))
                .body("more", equalTo(false))
                .body("skipped", anEmptyMap());
        assertThat(stage.contacts(fitness, ani)).isEqualTo("active pending");
        assertThat(stage.contacts(fitness, budi)).isEqualTo("cancelled cancelled");
        await().untilAsserted(() -> assertThat(stage.withdrawn(toko)).hasSize(1));
        await().untilAsserted(() -> assertThat(stage.leftReasons(toko)).containsExactly("taken_out"));
    }

    @Test
    void a_filter_of_all_statuses_lets_in_and_takes_out_everybody() {
        // Given
        Tenant.Lead ani = toko.lead("Ani").told();
        Tenant.Lead budi = toko.lead("Budi").told();
        Map<String, Object> all = Map.of("filter", Map.of("target_status", "all"));

        // When // Then
        toko.as("operator")
                .body(all)
                .post(path + "/contacts")
                .then()
                .statusCode(202)
                .body("requested", equalTo(2));
        stage.pass();
        assertThat(stage.contacts(fitness, ani)).isEqualTo("active pending");
        toko.as("operator")
                .body(all)
                .post(path + "/contacts/take-out")
                .then()
                .statusCode(200)
                .body("taken_out", equalTo(2));
        assertThat(stage.contacts(fitness, budi)).isEqualTo("cancelled cancelled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\u00a0", "\u200b"})
    void a_tag_that_shows_nothing_is_refused_and_does_not_mean_everybody(String unseen) {
        // Given
        Tenant.Lead ani = toko.lead("Ani").told();

        // When // Then
        for (String field : List.of("niche", "trigger")) {
            for (String action : List.of("/contacts", "/contacts/take-out")) {
                toko.as("operator")
                        .body(Map.of("filter", Map.of(field, unseen)))
                        .post(path + action)
                        .then()
                        .statusCode(400)
                        .body("violations.field", contains("filter." + field));
            }
        }
        stage.pass();
        assertThat(stage.contacts(fitness, ani)).isEmpty();
    }

    @Test
    void a_tag_that_is_null_is_any() {
        // Given
        toko.lead("Ani").told();

        // When // Then
        toko.as("operator")
                .body("{\"filter\": {\"niche\": null, \"trigger\": null}}")
                .post(path + "/contacts")
                .then()
                .statusCode(202)
                .body("requested", equalTo(1));
    }

    @Test
    void who_was_asked_in_and_is_taken_out_before_the_review_does_not_enter() {
        // Given
        Tenant.Lead ani = toko.lead("Ani").told();
        Tenant.Lead budi = toko.lead("Budi").on(toko.biru()).told();
        Tenant.Lead citra = toko.lead("Citra").told();
        toko.as("operator")
                .body(Map.of("filter", Map.of()))
                .post(path + "/contacts")
                .then()
                .statusCode(202)
                .body("requested", equalTo(3));

        // When
        var answer = toko.as("operator")
                .body(Map.of("filter", Map.of("device_id", toko.biru().toString())))
                .post(path + "/contacts/take-out");
        toko.as("operator").delete(path + "/contacts/" + citra.id()).then().statusCode(204);

        // Then
        answer.then().statusCode(200).body("taken_out", equalTo(1)).body("more", equalTo(false));
        stage.pass();
        assertThat(stage.contacts(fitness, ani)).isEqualTo("active pending");
        assertThat(stage.contacts(fitness, budi)).isEmpty();
        assertThat(stage.contacts(fitness, citra)).isEmpty();
        toko.as("operator").delete(path + "/contacts/" + citra.id()).then().statusCode(404);
    }

    @Test
    void one_who_is_taken_out_stays_out_although_the_trigger_stays() {
        // Given
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();

        // When
        var answer = toko.as("operator").delete(path + "/contacts/" + ani.id());

        // Then
        answer.then().statusCode(204);
        ani.told();
        stage.pass();
        assertThat(stage.contacts(fitness, ani)).isEqualTo("cancelled cancelled");
        toko.as("operator").delete(path + "/contacts/" + ani.id()).then().statusCode(404);
        toko.as("viewer")
                .get(path + "/why?lead_id=" + ani.id())
                .then()
                .statusCode(200)
                .body("inside", equalTo(false))
                .body("reasons", contains("was_inside"));
    }

    @Test
    void why_says_every_reason() {
        // Given
        Tenant.Lead ani = toko.lead("Ani").interestedIn("cooking").told();
        Tenant.Lead budi = toko.lead("Budi").carrying("fitness_start", 1).told();
        toko.suppress(ani);
        stage.pass();

        // Then
        toko.as("viewer")
                .get(path + "/why?lead_id=" + ani.id())
                .then()
                .statusCode(200)
                .body("reasons", contains("suppressed", "no_trigger", "other_niche"));
        toko.as("viewer")
                .get(path + "/why?lead_id=" + budi.id())
                .then()
                .body("inside", equalTo(true))
                .body("reasons", empty());
        stage.tenant()
                .as("viewer")
                .get(path + "/why?lead_id=" + budi.id())
                .then()
                .statusCode(404);
        toko.as("viewer").get(path + "/why").then().statusCode(400).body("violations.field", contains("lead_id"));
    }

    @Test
    void nobody_enters_what_is_inactive_and_a_selection_is_one_of_two() {
        Tenant.Lead ani = toko.lead("Ani").told();
        Map<String, Object> byId = Map.of("lead_ids", List.of(ani.id().toString()));
        toko.as("operator")
                .body(with(byId, "filter", Map.of()))
                .post(path + "/contacts")
                .then()
                .statusCode(400)
                .body("violations.field", contains("lead_ids"));
        toko.deactivate(fitness);
        toko.as("operator").body(byId).post(path + "/contacts").then().statusCode(409);
        stage.tenant().as("operator").body(byId).post(path + "/contacts").then().statusCode(404);
    }
}
