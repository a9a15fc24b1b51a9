package io.siaran.dispatch.people;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Stage;
import io.siaran.localstack.TestServers;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class PeopleTest {

    private static final String ANI = Cast.phone(Cast.ANI).digits();

    @Inject
    Stage stage;

    @BeforeEach
    void setTheScene() {
        stage.reset();
    }

    @Test
    void everything_about_a_person_is_told_to_its_tenant_and_nobody_else() {
        // Given
        stage.lead(Cast.ANI, Cast.MERAH, false);
        stage.store(Cast.direct(Cast.MERAH, Cast.BUDI, Cast.aMinuteAgo()));
        stage.suppress(Cast.AMINAH, ANI);
        stage.store(Cast.campaign(Cast.MERAH, Cast.ANI, 1));
        stage.rows(
                "INSERT INTO replies (id, user_id, device_id, phone, at, type, text)"
                        + " VALUES (gen_random_uuid(), 'aminah', $1, $2, now(), 'text', 'STOP')",
                Cast.MERAH.value(),
                ANI);
        stage.rows(
                "INSERT INTO walks (sequence_id, lead_id, assignment, what, user_id, reason, at)"
                        + " VALUES ($1, $2, 1, 'left', 'aminah', 'opted_out', now())",
                Cast.FITNESS.value(),
                Cast.ANI.value());

        // Then
        get("aminah", ANI)
                .body("phone", equalTo(ANI))
                .body("suppressed", equalTo(true))
                .body("opt_out.reason", equalTo("asked by phone"))
                .body("opt_out.since", equalTo("2026-11-28T02:00:00Z"))
                .body("leads.lead_id", contains(Cast.ANI.toString()))
                .body("messages.failure_reason", contains("suppressed"))
                .body("replies.text", contains("STOP"))
                .body("walks.reason", contains("opted_out"));
        get("aminah", "0" + ANI.substring(2)).body("phone", equalTo(ANI));
        get("razak", ANI)
                .body("suppressed", equalTo(false))
                .body("opt_out", nullValue())
                .body("leads", empty())
                .body("messages", empty())
                .body("replies", empty())
                .body("walks", empty());
    }

    @Test
    void what_is_no_phone_is_refused() {
        given().auth()
                .oauth2(TestServers.token("aminah", "viewer"))
                .get("/api/v1/people/ani")
                .then()
                .statusCode(400);
    }

    private static ValidatableResponse get(String user, String phone) {
        return given().auth()
                .oauth2(TestServers.token(user, "viewer"))
                .get("/api/v1/people/" + phone)
                .then()
                .statusCode(200);
    }
}
