package io.siaran.dispatch.audit;

import static io.restassured.RestAssured.given;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.MICROS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
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
import io.siaran.model.Deed;
import io.siaran.model.TimeOrderedId;
import io.siaran.model.UserEvent;
import io.siaran.model.UserId;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
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
    KeepDeeds deeds;

    @Inject
    ForgetDeeds forget;

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
    void whom_an_action_is_about_is_shown_by_its_leads_and_not_by_its_phone() {
        // Given
        UUID lead = UUID.randomUUID();
        stage.rows(
                "INSERT INTO leads (id, user_id, device_id, phone, name, version, deleted)"
                        + " VALUES ($1, $2, $3, '60123456789', 'Ani', 1, false)",
                lead,
                user,
                Cast.MERAH.value());

        // When
        String action = as(user).body("{\"phone\": \"012-345 6789\", \"kind\": \"direct\"}")
                .post("/api/v1/messages/cancel")
                .then()
                .statusCode(202)
                .extract()
                .path("id");

        // Then
        entries("?subject_id=" + action)
                .body("items[0].after.phone", equalTo("not shown"))
                .body("items[0].after.lead_ids", contains(lead.toString()))
                .body("items[0].after.messages", equalTo(0))
                .body("items[0].after.kind", equalTo("direct"));
        assertThat(stage.rows("SELECT FROM audit_entries AS e WHERE e::text LIKE '%6789%'"))
                .isEmpty();
    }

    @Test
    void a_change_that_is_not_shown_is_written_all_the_same() {
        // Given
        String id = as(user).body("{\"url\": \"https://crm.example?key=old\"}")
                .post("/api/v1/webhooks")
                .path("id");

        // When
        as(user).body("{\"url\": \"https://crm.example?key=new\"}")
                .patch("/api/v1/webhooks/" + id)
                .then()
                .statusCode(200);

        // Then
        entries("?subject_id=" + id)
                .body("items.action", contains("edited", "created"))
                .body("items[0].after", nullValue())
                .body("items[1].after.url", equalTo("https://crm.example"));
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

    @Test
    void what_is_done_in_another_service_is_kept_once_also_what_this_version_has_no_word_for() {
        // Given
        UserEvent.Done done = done("edited", "campaign", Instant.now());
        UserEvent.Done later = done("somersaulted", "campaign", Instant.now());

        // When
        deeds.keep(List.of(done, later));
        deeds.keep(List.of(done));

        // Then
        entries("").body("items.action", containsInAnyOrder("edited", "somersaulted"));
        entries("?action=edited&subject_id=" + done.subjectId())
                .body("items[0].subject", equalTo("campaign"))
                .body("items[0].before.title", equalTo("Sale"))
                .body("items[0].after.title", equalTo("Black Friday"));
    }

    @Test
    void what_other_services_tell_is_shown_to_whose_it_is_only_and_found_by_who_did_it_and_what() {
        // Given
        UserEvent.Done mine = done("imported", "import", Instant.now());
        UserEvent.Done linked = done("disconnected", "device", Instant.now());
        deeds.keep(List.of(mine, linked));
        String other = "audit-" + UUID.randomUUID();

        // Then
        as(other).get("/api/v1/audit").then().statusCode(200).body("items", empty());
        as(other)
                .get("/api/v1/audit?subject_id=" + mine.subjectId())
                .then()
                .statusCode(200)
                .body("items", empty());
        entries("?action=imported&by=" + user).body("items.subject_id", contains(mine.subjectId()));
        entries("?action=disconnected&action=imported").body("items", hasSize(2));
    }

    @Test
    void what_is_older_than_it_is_kept_is_forgotten_and_times_bound_what_is_shown() {
        // Given
        Instant now = Instant.now();
        deeds.keep(List.of(
                done("edited", "device", now.minus(401, DAYS)),
                done("paused", "device", now.minus(399, DAYS)),
                done("deleted", "device", now)));

        // When
        forget.forget();

        // Then
        entries("").body("items.action", contains("deleted", "paused"));
        entries("?to=" + now.minus(1, DAYS)).body("items.action", contains("paused"));
        entries("?from=" + now.minus(1, DAYS)).body("items.action", contains("deleted"));
        entries("?from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z").body("items", hasSize(2));
        entries("?to=1960-01-01T00:00:00Z").body("items", empty());
    }

    @Test
    void a_page_goes_by_index_however_much_others_did() {
        // Given
        deeds.keep(List.of(done("edited", "device", Instant.now())));
        stage.rows(
                "INSERT INTO audit_entries (id, user_id, by_user, action, subject)"
                        + " SELECT gen_random_uuid(), 'other-' || n % 100, 'other', 'edited', 'device' FROM generate_series(1, 20000) AS n");
        stage.rows("ANALYZE audit_entries");

        // When
        String plan = stage.rows("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) " + page()).stream()
                .map(row -> row.getString(0))
                .collect(Collectors.joining("\n"));

        // Then
        assertThat(plan)
                .contains("audit_of_user")
                .doesNotContain("Seq Scan")
                .doesNotContain("Rows Removed by Filter: 2");
    }

    private String page() {
        String sql = Sql.load(AuditResource.class, "entries.sql").replace("{subject}", "$3::text IS NULL");
        return sql.substring(sql.indexOf("WITH "))
                .replace("$1", "'" + user + "'")
                .replace("$2", "NULL")
                .replace("$3", "NULL")
                .replace("$4", "NULL")
                .replace("$5", "NULL")
                .replace("$6", "NULL")
                .replace("$7", "NULL")
                .replace("$8", "51");
    }

    private UserEvent.Done done(String action, String subject, Instant at) {
        return new UserEvent.Done(
                TimeOrderedId.v7(at, new Random()),
                new UserId(user),
                user,
                at.truncatedTo(MICROS),
                action,
                subject,
                UUID.randomUUID().toString(),
                "{\"title\": \"Sale\"}",
                "{\"title\": \"Black Friday\"}");
    }

    private ValidatableResponse entries(String query) {
        return as(user).get("/api/v1/audit" + query).then().statusCode(200);
    }

    private static RequestSpecification as(String user) {
        return given().auth().oauth2(TestServers.token(user, "operator")).contentType("application/json");
    }
}
