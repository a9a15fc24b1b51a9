package io.siaran.dispatch.webhook;

import static io.restassured.RestAssured.given;
import static io.siaran.dispatch.webhook.WebhookStage.as;
import static io.siaran.dispatch.webhook.WebhookStage.get;
import static io.siaran.dispatch.webhook.WebhookStage.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Stage;
import io.siaran.dispatch.webhook.WebhookStage.Made;
import io.siaran.localstack.TestServers;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class WebhookResourceTest {

    private static final String URL = "https://crm.example/siaran?tenant=1";

    @Inject
    Stage stage;

    @Inject
    Database database;

    @Inject
    WebhookStage webhooks;

    @Inject
    Lanes lanes;

    private Receiver crm;

    @BeforeEach
    void setTheScene() {
        stage.reset();
        crm = new Receiver();
    }

    @AfterEach
    void close() {
        crm.close();
    }

    @Test
    void a_webhook_shows_its_secret_once() {
        String location = post("aminah", "/api/v1/webhooks", "{\"url\": \"" + URL + "\", \"description\": \"CRM\"}")
                .statusCode(201)
                .body("secret", startsWith("whsec_"))
                .body("events", empty())
                .body("enabled", equalTo(true))
                .header("ETag", equalTo("\"1\""))
                .extract()
                .header("Location");

        get("aminah", location)
                .statusCode(200)
                .body("url", equalTo(URL))
                .body("description", equalTo("CRM"))
                .body("$", not(hasKey("secret")));
        get("aminah", "/api/v1/webhooks").body("items", hasSize(1)).body("items.secret", contains(nullValue()));
    }

    @Test
    void told_again_for_its_key_it_is_the_same_webhook_and_no_secret_is_kept() {
        String key = UUID.randomUUID().toString();
        String body = "{\"url\": \"" + URL + "\"}";
        String secret = as("aminah")
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/v1/webhooks")
                .path("secret");

        as("aminah")
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/v1/webhooks")
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .body("id", notNullValue());

        get("aminah", "/api/v1/webhooks").body("items", hasSize(1));
        assertThat(stage.rows("SELECT answer::text AS kept FROM idempotency_keys"))
                .noneMatch(row -> row.getString("kept").contains("whsec_"));
        assertThat(secret).startsWith("whsec_");
    }

    @Test
    void after_a_rotation_both_secrets_are_right_until_the_overlap_ends() throws Exception {
        // Given
        Made webhook = webhooks.webhook("aminah", crm.url("/hook"));
        String path = "/api/v1/webhooks/" + webhook.id();

        // When
        String secret = post("aminah", path + "/rotate-secret", "{\"overlap_hours\": 1}")
                .statusCode(200)
                .body("old_secret_until", notNullValue())
                .extract()
                .path("secret");
        post("aminah", path + "/test", "").statusCode(202);
        webhooks.deliver();
        stage.rows("UPDATE webhooks SET old_valid_until = now()");
        post("aminah", path + "/test", "").statusCode(202);
        webhooks.deliver();

        // Then
        assertThat(secret).isNotEqualTo(webhook.secret());
        crm.heard().getFirst().verified(secret).verified(webhook.secret());
        var last = crm.heard().getLast().verified(secret);
        assertThat(catchThrowable(() -> last.verified(webhook.secret()))).isInstanceOf(AssertionError.class);
        post("aminah", path + "/rotate-secret", "{\"overlap_hours\": 169}")
                .statusCode(400)
                .body("violations.field", contains("overlap_hours"));
    }

    @Test
    void a_test_reaches_the_webhook_whatever_it_wants_and_no_other_and_can_be_sent_again() throws Exception {
        // Given
        Made webhook = webhooks.webhook("aminah", crm.url("/hook"), "message.sent");
        webhooks.webhook("aminah", crm.url("/other"));
        String path = "/api/v1/webhooks/" + webhook.id();

        // When
        String event =
                post("aminah", path + "/test", "").statusCode(202).extract().path("event_id");
        webhooks.deliver();
        post("aminah", path + "/deliveries/" + event + "/replay", "")
                .statusCode(202)
                .body("deliveries", equalTo(1));
        post("aminah", path + "/deliveries/" + event + "/replay", "").statusCode(409);
        webhooks.deliver();

        // Then
        assertThat(crm.heard("/other")).isEmpty();
        assertThat(crm.heard("/hook")).extracting(Receiver.Heard::id).containsExactly(event, event);
        assertThat(crm.heard("/hook").getFirst().type()).isEqualTo("webhook.test");
        get("aminah", "/api/v1/events").body("items", empty());
        post("aminah", path + "/deliveries/" + UUID.randomUUID() + "/replay", "")
                .statusCode(404);
    }

    /** Whoever reads what others write waits for them, as for a month of deliveries; the engines' connections wait for nobody. */
    @Test
    void what_is_sent_again_is_looked_for_for_some_seconds_and_beside_the_engines() {
        // Given
        Made webhook = webhooks.webhook("aminah", URL);
        String path = "/api/v1/webhooks/" + webhook.id();

        // When
        List<Integer> answers = database.inTransaction(tx -> {
            tx.run("LOCK TABLE webhook_deliveries IN ACCESS EXCLUSIVE MODE");
            return Stream.of(
                            answered(path + "/deliveries/" + UUID.randomUUID() + "/replay", ""),
                            answered(path + "/replay", "{\"from\": \"2026-01-01T00:00:00Z\"}"))
                    .map(CompletableFuture::join)
                    .toList();
        });

        // Then
        assertThat(answers).containsExactly(503, 503);
    }

    /** Sending again waits for whoever has the lane; then what became of others must be written all the same. */
    @Test
    void who_sends_again_keeps_nobody_from_writing_how_the_webhook_is() {
        // Given
        crm.answer("/hook", 500);
        Made webhook = webhooks.webhook("aminah", crm.url("/hook"));
        String path = "/api/v1/webhooks/" + webhook.id();
        String event = post("aminah", path + "/test", "").extract().path("event_id");
        webhooks.number();
        Claim claim = lanes.claim(new InFlight(2, 4).room()).getFirst();
        stage.rows("UPDATE webhook_deliveries SET status = 'failed'");

        // When
        CompletableFuture<Integer> again = database.inTransaction(tx -> {
            tx.run("SELECT FROM webhook_lanes FOR UPDATE");
            CompletableFuture<Integer> waits = answered(path + "/deliveries/" + event + "/replay", "");
            await().until(() -> stage.rows("SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
                            .size()
                    == 1);
            lanes.tell(List.of(new Result(claim, new Attempt(500, 1, null, null), DeliveryStatus.PENDING, 1)));
            return waits;
        });

        // Then
        assertThat(again.join()).isEqualTo(202);
        get("aminah", path).body("failures", equalTo(1));
    }

    private static CompletableFuture<Integer> answered(String path, String body) {
        // On a thread of its own: the common pool has one on two cores, and they would be asked one after the other.
        return CompletableFuture.supplyAsync(
                        () -> as("aminah").body(body).post(path).statusCode(), Thread::startVirtualThread)
                .completeOnTimeout(0, 15, TimeUnit.SECONDS);
    }

    @Test
    void a_change_is_a_merge_patch_and_holds_against_the_tag() {
        Made webhook = webhooks.webhook("aminah", URL, "message.sent");
        String path = "/api/v1/webhooks/" + webhook.id();

        as("aminah")
                .header("If-Match", "\"1\"")
                .body("{\"enabled\": false, \"events\": null}")
                .patch(path)
                .then()
                .statusCode(200)
                .body("enabled", equalTo(false))
                .body("disabled_reason", equalTo("user"))
                .body("events", empty())
                .body("url", equalTo(URL))
                .header("ETag", equalTo("\"2\""));
        as("aminah").header("If-Match", "\"1\"").body("{}").patch(path).then().statusCode(412);
        post("aminah", path + "/test", "").statusCode(409);
        as("aminah")
                .body("{\"url\": null}")
                .patch(path)
                .then()
                .statusCode(400)
                .body("violations.field", contains("url"));
        as("aminah").delete(path).then().statusCode(204);
        get("aminah", path).statusCode(404);
        get("aminah", "/api/v1/webhooks").body("items", empty());
    }

    @Test
    void whoever_keeps_a_copy_reads_what_has_changed_since() {
        // Given
        String before = "/api/v1/webhooks/" + webhooks.webhook("aminah", URL).id();
        Made other = webhooks.webhook("aminah", URL);

        // When
        String changed = as("aminah")
                .body("{\"enabled\": false}")
                .patch(before)
                .then()
                .statusCode(200)
                .extract()
                .path("updated_at");

        // Then
        get("aminah", "/api/v1/webhooks?updated_since=" + changed).body("items.enabled", contains(false));
        get("aminah", "/api/v1/webhooks?updated_since=2020-01-01T00:00:00Z")
                .body("items.id", hasItem(other.id()))
                .body("items", hasSize(2));
        get("aminah", "/api/v1/webhooks?updated_since=yesterday")
                .statusCode(400)
                .body("violations.field", contains("updated_since"));
    }

    @Test
    void anothers_webhook_is_not_there() {
        Made webhook = webhooks.webhook("aminah", URL);
        String path = "/api/v1/webhooks/" + webhook.id();

        get("razak", path).statusCode(404);
        get("razak", path + "/deliveries").statusCode(404);
        as("razak").body("{}").patch(path).then().statusCode(404);
        as("razak").body("{\"colour\": 1}").patch(path).then().statusCode(404);
        as("razak").delete(path).then().statusCode(404);
        for (String action : List.of("/test", "/rotate-secret", "/deliveries/" + UUID.randomUUID() + "/replay")) {
            post("razak", path + action, "").statusCode(404);
        }
        post("razak", path + "/replay", "{\"from\": \"2026-01-01T00:00:00Z\"}").statusCode(404);
        get("razak", "/api/v1/webhooks").body("items", empty());
        get("aminah", path).statusCode(200);
    }

    @Test
    void who_may_only_look_makes_none_and_nobody_makes_too_many() {
        given().auth()
                .oauth2(TestServers.token("aminah", "viewer"))
                .contentType("application/json")
                .body("{\"url\": \"" + URL + "\"}")
                .post("/api/v1/webhooks")
                .then()
                .statusCode(403);
        stage.rows("INSERT INTO webhooks (id, user_id, url, events, enabled)"
                + " SELECT gen_random_uuid(), 'aminah', 'https://a.example', '{}', true FROM generate_series(1, 50)");
        post("aminah", "/api/v1/webhooks", "{\"url\": \"" + URL + "\"}").statusCode(409);
        post("razak", "/api/v1/webhooks", "{\"url\": \"" + URL + "\"}").statusCode(201);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            url         | {}
            url         | {"url": null}
            url         | {"url": ""}
            url         | {"url": "crm.example"}
            url         | {"url": "ftp://crm.example"}
            url         | {"url": "https://ani:secret@crm.example"}
            url         | {"url": "https://crm.example/#a"}
            url         | {"url": "https://crm.example:0/"}
            url         | {"url": "https://crm.example:99999/"}
            url         | {"url": "https:///x"}
            url         | {"url": "https://crm.example/ x"}
            url         | {"url": "https://crm.example/\\u0000"}
            url         | {"url": 7}
            events[0]   | {"url": "https://crm.example", "events": ["message.sentt"]}
            events      | {"url": "https://crm.example", "events": "message.sent"}
            events[0]   | {"url": "https://crm.example", "events": [null]}
            description | {"url": "https://crm.example", "description": "a\\nb"}
            enabled     | {"url": "https://crm.example", "enabled": "yes"}
            secret      | {"url": "https://crm.example", "secret": "whsec_x"}
            """)
    void what_is_wrong_is_named(String field, String body) {
        post("aminah", "/api/v1/webhooks", body).statusCode(400).body("violations.field", hasItem(endsWith(field)));
        get("aminah", "/api/v1/webhooks").body("items", empty());
    }

    @ParameterizedTest
    @CsvSource({
        "deliveries?status=lost, status",
        "deliveries?type=a, type[0]",
        "deliveries?from=-9999-01-01T00:00:00Z, from",
        "deliveries?cursor=x, cursor",
        "deliveries?colour=red, colour"
    })
    void a_filter_that_cannot_be_read_is_named(String query, String field) {
        Made webhook = webhooks.webhook("aminah", URL);

        get("aminah", "/api/v1/webhooks/" + webhook.id() + "/" + query)
                .statusCode(400)
                .body("violations.field", contains(field));
    }
}
