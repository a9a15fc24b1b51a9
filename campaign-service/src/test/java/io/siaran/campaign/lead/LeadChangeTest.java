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
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.common.mapper.TypeRef;
import io.restassured.response.ValidatableResponse;
import io.siaran.campaign.Cast;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeviceId;
import io.siaran.model.Json;
import io.siaran.model.LeadId;
import io.siaran.model.LeadSnapshot;
import io.siaran.model.Topic;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ani: customer, niche ecommerce, trigger cold, attribute plan. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class LeadChangeTest {

    private static final TypeRef<Map<String, Object>> MAP = new TypeRef<>() {};

    @Inject
    Cast cast;

    private final String user = Cast.newUser();
    private DeviceId merah;
    private LeadId ani;

    @BeforeEach
    void enter() {
        merah = cast.device(user);
        ani = lead(
                user,
                Map.of(
                        "device_id", merah,
                        "phone", ANI,
                        "name", "Ani",
                        "niche", "ecommerce",
                        "target_status", "customer",
                        "trigger", "cold",
                        "attributes", Map.of("plan", "gold")));
    }

    @Test
    void what_get_answers_can_be_put_and_changes_nothing() {
        // Given
        Map<String, Object> answered = get().extract().as(MAP);

        // When
        operator(user)
                .body(Json.write(answered))
                .put("/api/v1/leads/" + ani)
                .then()
                .statusCode(200)
                .body("updated_at", equalTo(answered.get("updated_at")));

        // Then
        assertThat(get().extract().as(MAP)).isEqualTo(answered);
        assertThat(cast.published(Topic.LEADS, ani, LeadSnapshot.class)).hasSizeLessThan(2);
    }

    @Test
    void a_patch_changes_what_it_names_and_null_clears_what_may_be_cleared() {
        patch(Map.of("attributes", Map.of("city", "Ipoh")))
                .statusCode(200)
                .body("attributes", equalTo(Map.of("city", "Ipoh", "plan", "gold")))
                .body("phone", equalTo(ANI));
        patch(cleared("name", "niche", "target_status", "attributes"))
                .statusCode(200)
                .body("name", equalTo(""))
                .body("niche", equalTo(""))
                .body("target_status", equalTo("prospect"))
                .body("attributes", equalTo(Map.of()))
                .body("trigger", equalTo("cold"));
        patch(cleared("phone")).statusCode(400).body("violations.field", contains("phone"));
        patch(cleared("device_id")).statusCode(400).body("violations.field", contains("device_id"));
        patch(Map.of("nam", "x")).statusCode(400).body("violations.field", contains("nam"));
    }

    @Test
    void a_number_of_another_country_stays_when_something_else_is_changed() {
        // Given
        LeadId citra = lead(user, Map.of("device_id", merah, "phone", "+65 9123 4567"));

        // Then
        operator(user)
                .body("{\"name\":\"Citra\"}")
                .patch("/api/v1/leads/" + citra)
                .then()
                .statusCode(200)
                .body("phone", equalTo("6591234567"));
    }

    @Test
    void a_landline_and_a_service_number_are_saved_and_warned_of() {
        for (String number : new String[] {"03-2161 1235", "1300 88 2525"}) {
            operator(user)
                    .body(Json.write(Map.of("device_id", merah, "phone", number)))
                    .post("/api/v1/leads")
                    .then()
                    .statusCode(201)
                    .body("warnings.code", contains("not_mobile"))
                    .body("warnings.field", contains("phone"));
        }
        get().body("warnings", hasSize(0));
    }

    @Test
    void a_name_as_it_is_pasted_loses_only_what_nobody_sees() {
        patch(Map.of("name", " \u200BD\u2019Cruz\u00A0 A. ")).statusCode(200).body("name", equalTo("D\u2019Cruz A."));
    }

    @Test
    void tags_that_only_look_different_are_the_same() {
        patch(Map.of("niche", "Cafe\u0301,caf\u00E9, Emas\u00A0,emas"))
                .statusCode(200)
                .body("niche", equalTo("Caf\u00E9,Emas"));
        as(user, "viewer")
                .queryParam("niche", "CAFE\u0301")
                .get("/api/v1/leads")
                .then()
                .body("items.id", contains(ani.toString()));
    }

    @Test
    void a_list_of_tags_has_its_limits() {
        patch(Map.of("niche", "x".repeat(65))).statusCode(400).body("violations.field", contains("niche"));
        String[] many = new String[201];
        Arrays.setAll(many, i -> "t" + i);
        patch(Map.of("trigger", String.join(",", many))).statusCode(400).body("violations.field", contains("trigger"));
        patch(Map.of("niche", "\u5B57".repeat(64))).statusCode(200);
    }

    @Test
    void a_lead_that_moves_to_another_device_tells_so() {
        // Given
        DeviceId biru = cast.device(user);

        // When
        patch(Map.of("device_id", biru)).statusCode(200);

        // Then
        await().untilAsserted(() -> assertThat(cast.published(Topic.LEADS, ani, LeadSnapshot.class))
                .extracting(LeadSnapshot::deviceId)
                .endsWith(biru));
        operator(user)
                .body(Json.write(Map.of("device_id", merah, "phone", BUDI)))
                .post("/api/v1/leads")
                .then()
                .statusCode(201)
                .body("id", not(equalTo(ani.toString())));
    }

    private ValidatableResponse get() {
        return as(user, "viewer").get("/api/v1/leads/" + ani).then().statusCode(200);
    }

    private ValidatableResponse patch(Map<String, Object> patch) {
        return operator(user)
                .body(Json.write(patch))
                .patch("/api/v1/leads/" + ani)
                .then();
    }

    private static Map<String, Object> cleared(String... fields) {
        Map<String, Object> patch = new HashMap<>();
        for (String field : fields) {
            patch.put(field, null);
        }
        return patch;
    }
}
