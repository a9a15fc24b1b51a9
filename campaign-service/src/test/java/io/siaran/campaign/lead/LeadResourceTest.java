package io.siaran.campaign.lead;

import static io.siaran.campaign.Cast.ANI;
import static io.siaran.campaign.Cast.BUDI;
import static io.siaran.campaign.Cast.as;
import static io.siaran.campaign.Cast.lead;
import static io.siaran.campaign.Cast.operator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.siaran.campaign.Cast;
import io.siaran.kafka.OutboxRecord;
import io.siaran.kafka.Publisher;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeviceId;
import io.siaran.model.Json;
import io.siaran.model.LeadId;
import io.siaran.model.LeadSnapshot;
import io.siaran.model.Topic;
import io.siaran.model.TriggerAssignment;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class LeadResourceTest {

    @Inject
    Cast cast;

    @Inject
    Database database;

    @Inject
    Publisher publisher;

    private final String user = Cast.newUser();
    private DeviceId merah;

    @BeforeEach
    void link() {
        merah = cast.device(user);
    }

    @Test
    void a_lead_is_stored_with_its_phone_normalised_and_its_name_as_written() {
        operator(user)
                .body(body(Map.of("phone", "012-345 6701", "name", "D'Cruz", "niche", "Ecommerce, FIT")))
                .post("/api/v1/leads")
                .then()
                .statusCode(201)
                .header("Location", notNullValue())
                .body("phone", equalTo(ANI))
                .body("name", equalTo("D'Cruz"))
                .body("niche", equalTo("Ecommerce,FIT"))
                .body("target_status", equalTo("prospect"))
                .body("device_id", equalTo(merah.toString()));
    }

    @Test
    void a_second_post_of_the_same_person_answers_the_first() {
        // Given
        LeadId first = lead(user, merah, ANI);

        // Then
        operator(user)
                .body(body(Map.of("phone", "+" + ANI)))
                .post("/api/v1/leads")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("existing_id", equalTo(first.toString()));
    }

    @Test
    void the_same_idempotency_key_gets_the_same_lead() {
        // Given
        String body = body(Map.of("phone", ANI));
        String first = post("key-1", body, 201).extract().path("id");

        // Then
        post("key-1", body, 201).header("Idempotency-Replayed", equalTo("true")).body("id", equalTo(first));
        post("key-1", body(Map.of("phone", BUDI)), 422);
    }

    @Test
    void the_same_idempotency_key_gets_the_same_lead_also_when_its_device_is_gone() {
        // Given
        String body = body(Map.of("phone", ANI));
        String first = post("key-2", body, 201).extract().path("id");

        // When
        database.run("UPDATE devices SET deleted = true WHERE id = $1", merah.value());

        // Then
        post("key-2", body, 201).header("Idempotency-Replayed", equalTo("true")).body("id", equalTo(first));
        post("key-3", body, 400);
    }

    @Test
    void what_is_wrong_is_named() {
        refused(body(Map.of("phone", "12")), "phone");
        refused(body(Map.of("phone", ANI, "target_status", "all")), "target_status");
        refused(body(Map.of("phone", ANI, "target_status", "friend")), "target_status");
        refused(body(Map.of("phone", ANI, "nich", "ecommerce")), "nich");
        refused(body(Map.of("name", "Ani")), "phone");
        refused(Json.write(Map.of("phone", ANI, "device_id", UUID.randomUUID())), "device_id");
        refused(Json.write(Map.of("phone", ANI, "device_id", "merah")), "device_id");
    }

    @Test
    void a_device_of_somebody_else_is_as_unknown_as_one_that_does_not_exist() {
        // Given
        DeviceId foreign = cast.device(Cast.newUser());

        // Then
        refused(Json.write(Map.of("phone", ANI, "device_id", foreign)), "device_id");
    }

    /** The write waits for news that is on its way; on a machine that is late for longer it says 503, and never that there is none. */
    @Test
    void a_device_is_known_to_the_first_write_after_the_gateway_has_told_of_it() {
        // Given
        DeviceId biru = new DeviceId(UUID.randomUUID());
        publisher.publish(List.of(new OutboxRecord(Topic.DEVICES, biru.toString(), Cast.snapshot(user, biru))));

        // When
        List<Integer> answers = new ArrayList<>();
        await().until(() -> {
            answers.add(operator(user)
                    .body(Json.write(Map.of("phone", ANI, "device_id", biru)))
                    .post("/api/v1/leads")
                    .statusCode());
            return answers.getLast() != 503;
        });

        // Then
        assertThat(answers.getLast()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/xml", "rubbish"})
    void who_takes_no_json_is_refused_before_anything_is_written(String accepted) {
        operator(user)
                .header("Accept", accepted)
                .body(Json.write(Map.of("phone", ANI, "device_id", merah)))
                .post("/api/v1/leads")
                .then()
                .statusCode(406);

        operator(user).get("/api/v1/leads").then().body("items", hasSize(0));
    }

    @Test
    void leads_are_filtered_by_whole_tags_in_any_case() {
        // Given
        LeadId ani = lead(user, Map.of("device_id", merah, "phone", ANI, "niche", "FIT,food", "trigger", "Cold, vip"));
        lead(user, Map.of("device_id", merah, "phone", BUDI, "niche", "OUTFIT", "trigger", "colder"));

        // Then
        found("niche", "Fit", ani);
        found("trigger", "COLD", ani);
        found("phone", "012-345 6701", ani);
        found("q", "6701", ani);
        as(user, "viewer")
                .get("/api/v1/leads?nicke=fit")
                .then()
                .statusCode(400)
                .body("violations.field", contains("nicke"));
    }

    @Test
    void pages_hold_every_lead_once() {
        // Given
        lead(user, merah, ANI);
        lead(user, merah, BUDI);
        lead(user, merah, Cast.CITRA);

        // When
        var first = as(user, "viewer")
                .get("/api/v1/leads?limit=2")
                .then()
                .statusCode(200)
                .extract();
        var second = as(user, "viewer")
                .get("/api/v1/leads?limit=2&cursor={c}", first.<String>path("next_cursor"))
                .then()
                .statusCode(200)
                .body("next_cursor", nullValue())
                .extract();

        // Then
        assertThat(first.<List<String>>path("items.phone")).containsExactly(Cast.CITRA, BUDI);
        assertThat(second.<List<String>>path("items.phone")).containsExactly(ANI);
    }

    @Test
    void nobody_sees_or_changes_the_leads_of_another_user() {
        // Given
        String path = "/api/v1/leads/" + lead(user, merah, ANI);
        String stranger = Cast.newUser();

        // Then
        operator(stranger).get(path).then().statusCode(404).contentType("application/problem+json");
        operator(stranger).body("{\"name\":\"x\"}").patch(path).then().statusCode(404);
        operator(stranger).delete(path).then().statusCode(404);
        operator(stranger).get("/api/v1/leads").then().body("items", hasSize(0));
        as(user, "viewer").delete(path).then().statusCode(403);
        RestAssured.get(path).then().statusCode(401).contentType("application/problem+json");
    }

    @Test
    void every_change_is_announced_with_a_higher_version() {
        // Given
        LeadId ani = lead(user, Map.of("device_id", merah, "phone", ANI, "trigger", "cold"));
        String path = "/api/v1/leads/" + ani;

        // When
        operator(user).body("{\"trigger\":\"\"}").patch(path).then().statusCode(200);
        operator(user).body("{\"trigger\":\"cold\"}").patch(path).then().statusCode(200);
        operator(user).delete(path).then().statusCode(204);

        // Then
        await().untilAsserted(() -> assertThat(cast.published(Topic.LEADS, ani, LeadSnapshot.class))
                .extracting(LeadSnapshot::version)
                .containsExactly(1L, 2L, 3L, 4L));
        List<LeadSnapshot> told = cast.published(Topic.LEADS, ani, LeadSnapshot.class);
        assertThat(told.get(2).triggers()).containsExactly(new TriggerAssignment("cold", 2));
        assertThat(told.get(3).deleted()).isTrue();
        operator(user).get(path).then().statusCode(404);
    }

    @Test
    void a_change_onto_another_leads_phone_is_refused_and_names_that_lead() {
        // Given
        LeadId ani = lead(user, merah, ANI);
        LeadId budi = lead(user, merah, BUDI);

        // Then
        operator(user)
                .body(Json.write(Map.of("phone", ANI)))
                .patch("/api/v1/leads/" + budi)
                .then()
                .statusCode(409)
                .body("existing_id", equalTo(ani.toString()));
    }

    private String body(Map<String, Object> fields) {
        Map<String, Object> body = new HashMap<>(fields);
        body.put("device_id", merah);
        return Json.write(body);
    }

    private ValidatableResponse post(String key, String body, int status) {
        return operator(user)
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/v1/leads")
                .then()
                .statusCode(status);
    }

    private void refused(String body, String field) {
        operator(user)
                .body(body)
                .post("/api/v1/leads")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations.field", contains(field));
    }

    private void found(String filter, String value, LeadId lead) {
        as(user, "viewer")
                .queryParam(filter, value)
                .get("/api/v1/leads")
                .then()
                .statusCode(200)
                .body("items.id", contains(lead.toString()));
    }
}
