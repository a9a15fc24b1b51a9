package io.siaran.dispatch.fleet;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Stage;
import io.siaran.dispatch.queue.Reconciliation;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.DeviceStatus;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class QueueResourceTest {

    @Inject
    Stage stage;

    @Inject
    Database database;

    @Inject
    Reconciliation reconciliation;

    @BeforeEach
    void setTheScene() {
        stage.reset();
    }

    @Test
    void each_device_of_the_caller_tells_what_it_has_to_do() {
        // Given
        stage.store(
                Cast.campaign(Cast.MERAH, Cast.ANI, 1),
                Cast.campaign(Cast.MERAH, Cast.BUDI, 1),
                Cast.direct(Cast.HIJAU, Cast.CITRA, Cast.aMinuteAgo()));
        stage.release();
        BroadcastMessage later =
                Cast.campaign(Cast.MERAH, Cast.CITRA, 1, Cast.aMinuteAgo().plusSeconds(7_200));
        stage.store(later);
        stage.fold();

        // Then
        queue("aminah")
                .body("items.device_id", contains(Cast.MERAH.toString(), Cast.BIRU.toString()))
                .body("items[0].status", equalTo("online"))
                .body("items[0].backlog", equalTo(1))
                .body("items[0].in_flight", equalTo(2))
                .body("items[0].next_due", equalTo(later.scheduledAt().toString()))
                .body("items[0].expected_empty", equalTo(later.scheduledAt().toString()))
                .body("items[1].backlog", equalTo(0))
                .body("items[1].expected_empty", nullValue())
                .body("stopped", nullValue());
    }

    @Test
    void the_devices_come_in_pages() {
        String next =
                queue("aminah", "?limit=1").body("items", hasSize(1)).extract().path("next_cursor");

        queue("aminah", "?limit=1&cursor=" + next)
                .body("items.device_id", contains(Cast.BIRU.toString()))
                .body("next_cursor", nullValue());
    }

    @Test
    void devices_that_are_named_are_told_alone_and_nobody_elses() {
        // Given
        String both = "device_id=" + Cast.BIRU + "&device_id=" + Cast.HIJAU;

        // Then
        queue("aminah", "?" + both)
                .body("items.device_id", contains(Cast.BIRU.toString()))
                .body("next_cursor", nullValue());
        String next = queue("aminah", "?limit=1&device_id=" + Cast.MERAH + "&" + both)
                .body("items.device_id", contains(Cast.MERAH.toString()))
                .extract()
                .path("next_cursor");
        queue("aminah", "?limit=1&device_id=" + Cast.MERAH + "&" + both + "&cursor=" + next)
                .body("items.device_id", contains(Cast.BIRU.toString()));
        for (String wrong : List.of("", "merah")) {
            as("aminah", "viewer")
                    .get("/api/v1/queue?device_id=" + wrong)
                    .then()
                    .statusCode(400)
                    .body("violations.field", contains("device_id"));
        }
    }

    @Test
    void what_is_still_to_be_sent_is_counted_whatever_queued_it_and_without_one_campaign() {
        // Given
        BroadcastMessage campaign = Cast.campaign(Cast.MERAH, Cast.ANI, 1);
        stage.store(
                campaign,
                Cast.campaign(Cast.MERAH, Cast.BUDI, 1),
                Cast.direct(Cast.MERAH, Cast.CITRA, Cast.aMinuteAgo()),
                Cast.direct(Cast.HIJAU, Cast.CITRA, Cast.aMinuteAgo()));
        stage.release();
        stage.store(Cast.direct(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo()));
        stage.fold();

        // Then
        open("aminah", "")
                .body("devices.device_id", contains(Cast.MERAH.toString()))
                .body("devices.messages", contains(4));
        open("aminah", "?without_campaign=" + campaign.campaignId()).body("devices.messages", contains(2));
        open("aminah", "?without_campaign=" + UUID.randomUUID()).body("devices.messages", contains(4));
        open("razak", "?without_campaign=" + campaign.campaignId())
                .body("devices.device_id", contains(Cast.HIJAU.toString()))
                .body("devices.messages", contains(1));
        open("nobody", "").body("devices", hasSize(0));
    }

    @Test
    void nobody_promises_when_a_silent_device_is_done() {
        // Given
        stage.store(
                Cast.direct(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo()),
                Cast.direct(Cast.BIRU, Cast.BUDI, Cast.aMinuteAgo()));
        stage.is(Cast.MERAH, Cast.AMINAH, DeviceStatus.OFFLINE);
        database.run(
                "UPDATE device_queue SET held_until = now() + interval '8 hours', hold_reason = 'quiet_hours'"
                        + " WHERE device_id = $1",
                Cast.BIRU.value());
        stage.fold();

        // Then
        queue("aminah")
                .body("items.expected_empty", contains(nullValue(), nullValue()))
                .body("items.backlog", contains(1, 1))
                .body("items[1].hold_reason", equalTo("quiet_hours"))
                .body("items[1].held_until", notNullValue());
    }

    @Test
    void a_user_stops_and_resumes_their_own_devices_and_nobody_elses() {
        // Given
        BroadcastMessage inFlight = Cast.direct(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo());
        stage.store(inFlight);
        stage.release();
        BroadcastMessage waiting = Cast.direct(Cast.BIRU, Cast.BUDI, Cast.aMinuteAgo());
        BroadcastMessage razaks = Cast.direct(Cast.HIJAU, Cast.CITRA, Cast.aMinuteAgo());
        stage.store(waiting, razaks);

        // When
        post("aminah", "operator", "stop", "{\"reason\": \"wrong price\"}")
                .statusCode(200)
                .body("scope", equalTo("user"))
                .body("reason", equalTo("wrong price"));
        stage.release();
        reconciliation.reconcile(100);

        // Then
        assertThat(stage.status(waiting.id())).isEqualTo("pending");
        assertThat(stage.status(razaks.id())).isEqualTo("processing");
        assertThat(asksBack(inFlight)).isTrue();
        assertThat(asksBack(razaks)).isFalse();
        queue("aminah").body("stopped.reason", equalTo("wrong price"));
        queue("razak").body("stopped", nullValue());

        post("aminah", "operator", "resume", "{}").statusCode(204);
        assertThat(stage.release().messages()).isOne();
        assertThat(stage.status(waiting.id())).isEqualTo("processing");
    }

    @Test
    void an_administrator_stops_the_fleet() {
        // Given
        stage.store(
                Cast.direct(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo()),
                Cast.direct(Cast.HIJAU, Cast.BUDI, Cast.aMinuteAgo()));

        // When
        post("root", "admin", "stop", "{\"scope\": \"fleet\"}").statusCode(200).body("user_id", nullValue());

        // Then
        assertThat(stage.release().devices()).isZero();
        queue("aminah").body("stopped.scope", equalTo("fleet"));
        post("root", "admin", "resume", "{\"scope\": \"fleet\"}").statusCode(204);
        assertThat(stage.release().messages()).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0} as {1}, {2} {3}: {4}")
    @CsvSource(
            delimiter = '|',
            value = {
                "aminah | viewer   | stop   | {}                                        | 403",
                "aminah | operator | stop   | {\"scope\": \"fleet\"}                    | 403",
                "aminah | operator | resume | {\"scope\": \"fleet\"}                    | 403",
                "aminah | operator | stop   | {\"user_id\": \"razak\"}                  | 403",
                "aminah | operator | stop   | {\"user_id\": \"aminah\"}                 | 200",
                "root   | admin    | stop   | {\"user_id\": \"razak\"}                  | 200",
                "aminah | operator | resume | {}                                        | 204",
                "aminah | operator | stop   | {\"scop\": \"fleet\"}                     | 400",
            })
    void who_may_stop_whom(String user, String role, String verb, String body, int status) {
        post(user, role, verb, body).statusCode(status);
    }

    @Test
    void the_name_of_a_user_has_a_length() {
        String body = "{\"user_id\": \"" + "x".repeat(256) + "\"}";

        post("root", "admin", "stop", body).statusCode(400).body("violations.field", contains("user_id"));
    }

    @Test
    void what_an_administrator_stopped_the_user_does_not_resume() {
        // Given
        post("aminah", "operator", "stop", "{}").statusCode(200);
        post("root", "admin", "stop", "{\"user_id\": \"aminah\"}")
                .statusCode(200)
                .body("stopped_by", equalTo("root"));

        // When
        post("aminah", "operator", "resume", "{}").statusCode(403);

        // Then
        queue("aminah").body("stopped.stopped_by", equalTo("root"));
        post("root", "admin", "resume", "{\"user_id\": \"aminah\"}").statusCode(204);
        queue("aminah").body("stopped", nullValue());
    }

    @Test
    void a_stop_that_raced_a_release_is_caught_by_the_second_pass() {
        // Given
        post("aminah", "operator", "stop", "{}").statusCode(200);
        reconciliation.reconcile(100);
        BroadcastMessage late = Cast.direct(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo());
        stage.store(late);
        database.run("DELETE FROM stops");
        stage.release();
        database.run("INSERT INTO stops (scope, user_id, stopped_by) VALUES ('user', 'aminah', 'aminah')");

        // When
        stage.aMinuteLater();
        reconciliation.reconcile(100);

        // Then
        assertThat(asksBack(late)).isTrue();
    }

    private boolean asksBack(BroadcastMessage message) {
        return !stage.rows(
                        "SELECT FROM broadcast_messages WHERE id = $1 AND recall_at <= now()",
                        message.id().value())
                .isEmpty();
    }

    private static ValidatableResponse queue(String user) {
        return queue(user, "");
    }

    private static ValidatableResponse queue(String user, String query) {
        return as(user, "viewer").get("/api/v1/queue" + query).then().statusCode(200);
    }

    private static ValidatableResponse open(String user, String query) {
        return as(user, "viewer").get("/api/v1/queue/open" + query).then().statusCode(200);
    }

    private static ValidatableResponse post(String user, String role, String verb, String body) {
        return as(user, role)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/queue/" + verb)
                .then();
    }

    private static RequestSpecification as(String user, String role) {
        return given().auth().oauth2(TestServers.token(user, role));
    }
}
