package io.siaran.dispatch.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Stage;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.UserId;
import io.siaran.sql.Database;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each test has a user of its own: an entry of everybody is shown to all. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class AuditTest {

    @Inject
    Stage stage;

    @Inject
    Audit audit;

    @Inject
    Database database;

    private String user;

    @BeforeEach
    void setTheScene() {
        stage.reset();
        user = "audit-" + UUID.randomUUID();
    }

    @Test
    void what_is_done_to_a_message_is_written_with_what_it_was_before() {
        // Given
        BroadcastMessage message = Cast.direct(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo());
        stage.store(message);
        stage.online(Cast.MERAH, new UserId(user));
        stage.rows("UPDATE broadcast_messages SET user_id = $1", user);

        // When
        as(user).post("/api/v1/messages/" + message.id() + "/cancel").then().statusCode(200);
        as(user).post("/api/v1/messages/" + message.id() + "/cancel").then().statusCode(409);
        as(user).post("/api/v1/queue/stop").then().statusCode(200);

        // Then
        entries("").body("items.action", contains("stopped", "cancelled"));
        entries("?subject_id=" + message.id())
                .body("items.action", contains("cancelled"))
                .body("items[0].by", equalTo(user))
                .body("items[0].subject", equalTo("message"))
                .body("items[0].before.status", equalTo("pending"))
                .body("items[0].after.status", equalTo("cancelled"));
        entries("?action=retried").body("items", empty());
    }

    @Test
    void a_webhook_is_written_from_its_beginning_to_its_end() {
        // When
        String id = as(user).body("{\"url\": \"https://crm.example\"}")
                .post("/api/v1/webhooks")
                .path("id");
        as(user).body("{\"enabled\": false}")
                .patch("/api/v1/webhooks/" + id)
                .then()
                .statusCode(200);
        as(user).delete("/api/v1/webhooks/" + id).then().statusCode(204);

        // Then
        String cursor = entries("?limit=2")
                .body("items.action", contains("deleted", "edited"))
                .body("items[0].after", nullValue())
                .body("items[1].before.enabled", equalTo(true))
                .body("items[1].after.enabled", equalTo(false))
                .extract()
                .path("next_cursor");
        entries("?limit=2&cursor=" + cursor).body("items.action", contains("created"));
    }

    @Test
    void what_was_written_cannot_be_changed_or_taken_back() {
        database.doInTransaction(
                tx -> audit.write(tx, new UserId(user), Deed.STOPPED, new Audit.Subject("queue", null), null, null));

        assertThatThrownBy(() -> stage.rows("UPDATE audit_entries SET by_user = 'x' WHERE user_id = $1", user))
                .isInstanceOf(PgException.class);
        assertThatThrownBy(() -> stage.rows("DELETE FROM audit_entries WHERE user_id = $1", user))
                .isInstanceOf(PgException.class);
    }

    @Test
    void what_belongs_to_others_is_not_shown_and_a_filter_that_cannot_be_read_is_named() {
        database.doInTransaction(
                tx -> audit.write(tx, new UserId("razak"), Deed.STOPPED, new Audit.Subject("queue", null), null, null));

        entries("?by=razak").body("items", empty());
        as(user).get("/api/v1/audit?action=slept").then().statusCode(400).body("violations.field", contains("action"));
    }

    private ValidatableResponse entries(String query) {
        return as(user).get("/api/v1/audit" + query).then().statusCode(200);
    }

    private static RequestSpecification as(String user) {
        return given().auth().oauth2(TestServers.token(user, "operator")).contentType("application/json");
    }
}
