package io.siaran.dispatch.message;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
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
import io.siaran.dispatch.Events;
import io.siaran.dispatch.Stage;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.DeferReason;
import io.siaran.model.DeviceStatus;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class MessagesResourceTest {

    private static final String HELLO = """
            {"device_id": "%s", "recipient_phone": "012-345 6789", "message": "Hello\\nAni", "min_delay_seconds": 0, "max_delay_seconds": 0}
            """.formatted(Cast.MERAH);

    @Inject
    Stage stage;

    @Inject
    Events events;

    @BeforeEach
    void setTheScene() {
        stage.reset();
    }

    @Test
    void a_direct_message_is_queued_and_found_again() {
        String location = post(HELLO)
                .statusCode(201)
                .body("kind", equalTo("direct"))
                .body("status", equalTo("pending"))
                .body("recipient_phone", equalTo("60123456789"))
                .body("message", equalTo("Hello\nAni"))
                .body("waiting_for", equalTo("turn"))
                .body("expires_at", notNullValue())
                .extract()
                .header("Location");

        as("aminah", "viewer")
                .get(location)
                .then()
                .statusCode(200)
                .body("id", equalTo(location.substring(location.lastIndexOf('/') + 1)))
                .body("user_id", equalTo("aminah"));
    }

    @Test
    void a_message_tells_what_it_waits_for() {
        stage.is(Cast.MERAH, Cast.AMINAH, DeviceStatus.OFFLINE);
        post(HELLO).statusCode(201).body("waiting_for", equalTo("device_offline"));
        BroadcastMessage later = Cast.direct(Cast.BIRU, Cast.ANI, Instant.parse("2099-01-01T00:00:00Z"));
        stage.store(later);

        get("/api/v1/messages/" + later.id())
                .body("waiting_for", equalTo("not_yet_due"))
                .body("eligible_at", equalTo("2099-01-01T00:00:00Z"));
    }

    /** Each beside a device, a phone and a text that are right, unless it has its own. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            device_id         | invalid      | "device_id": "0190aaaa-0000-7000-8000-00000000ffff"
            device_id         | invalid      | "device_id": "0190aaaa-0000-7000-8000-000000000003"
            device_id         | required     | "device_id": null
            device_id         | wrong_type   | "device_id": 7
            recipient_phone   | invalid_phone| "recipient_phone": "123"
            recipient_phone   | invalid_phone| "recipient_phone": "012-345XXXX"
            recipient_phone   | invalid_phone| "recipient_phone": "+60123456XXX"
            recipient_phone   | invalid_phone| "recipient_phone": "+62 812 3456 78 (Ali)"
            recipient_phone   | invalid_phone| "recipient_phone": "62812345670.0"
            recipient_phone   | wrong_type   | "recipient_phone": 62812345671.0
            recipient_phone   | invalid_phone| "recipient_phone": "0123456734;0133456734"
            recipient_phone   | invalid_phone| "recipient_phone": "0123456736 x2"
            recipient_phone   | invalid_phone| "recipient_phone": "03-2161 1235 ext 12"
            recipient_phone   | required     | "recipient_phone": null
            phone             | contradiction| "phone": "0123456789"
            phone             | invalid_phone| "recipient_phone": null, "phone": "0123456XXX"
            message           | required     | "message": " "
            message           | not_storable | "message": "a\\u0000b"
            message           | not_storable | "message": "a\\ud83d"
            message           | not_storable | "message": "a\\u001bb"
            message           | template     | "message": "{{nama}}"
            mesage            | unknown_field| "mesage": "x"
            recipient_name    | not_storable | "recipient_name": "a\\nb"
            recipient_name    | wrong_type   | "recipient_name": true
            media_url         | required     | "type": "image"
            media_url         | contradiction| "type": "text", "media_url": "https://shop.example/a.png"
            media_url         | contradiction| "media_url": "https://shop.example/a.png"
            media_url         | invalid      | "type": "image", "media_url": "ftp://shop.example/a.png"
            type              | wrong_type   | "type": 1
            anti_spam         | wrong_type   | "anti_spam": 2
            max_delay_seconds | contradiction| "min_delay_seconds": 9, "max_delay_seconds": 3
            min_delay_seconds | out_of_range | "min_delay_seconds": -1, "max_delay_seconds": 3
            min_delay_seconds | required     | "max_delay_seconds": 3
            attributes.Plan   | invalid      | "attributes": {"Plan": "gold"}
            scheduled_at      | invalid      | "scheduled_at": "tomorrow"
            scheduled_at      | invalid      | "scheduled_at": ""
            scheduled_at      | wrong_type   | "scheduled_at": 0
            scheduled_at      | wrong_type   | "scheduled_at": -5
            scheduled_at      | wrong_type   | "scheduled_at": 1e300
            scheduled_at      | wrong_type   | "scheduled_at": 1795910400
            scheduled_at      | invalid      | "scheduled_at": "1795910400"
            scheduled_at      | invalid      | "scheduled_at": "+20000-01-01T00:00:00Z"
            scheduled_at      | out_of_range | "scheduled_at": "9999-06-01T00:00:00Z"
            """)
    void what_is_wrong_is_named_and_nothing_is_sent(String field, String code, String wrong) {
        post(asked(wrong))
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations.field", contains(field))
                .body("violations.code", contains(code));
        assertThat(stage.statuses()).isEmpty();
    }

    @Test
    void an_image_is_looked_at_where_the_caller_asks_for_it() {
        // Given
        String image = asked("\"type\": \"image\", \"media_url\": \"http://127.0.0.1:1/a.png\"");

        // Then
        as("aminah", "operator")
                .contentType(ContentType.JSON)
                .body(image)
                .post("/api/v1/messages?check_media=true")
                .then()
                .statusCode(400)
                .body("violations.field", contains("media_url"))
                .body("violations.message", contains("must not be an address of an internal network"));
        assertThat(stage.statuses()).isEmpty();
        post(image).statusCode(201);
    }

    @Test
    void a_key_that_comes_twice_is_refused() {
        post("{\"device_id\": \"%s\", \"recipient_phone\": \"0123456789\", \"message\": \"a\", \"message\": \"b\"}"
                        .formatted(Cast.MERAH))
                .statusCode(400)
                .body("violations.field", contains("message"))
                .body("violations.code", contains("duplicate_field"));
        assertThat(stage.statuses()).isEmpty();
    }

    @Test
    void the_older_name_of_the_recipient_is_still_taken() {
        post(asked("\"recipient_phone\": null, \"phone\": \"+60 12-345 6789\""))
                .statusCode(201)
                .body("recipient_phone", equalTo("60123456789"));
    }

    @Test
    void why_it_is_not_sent_is_told_in_words_as_well() {
        stage.suppress(Cast.AMINAH, "60123456789");

        post(HELLO)
                .statusCode(201)
                .body("failure_reason", equalTo("suppressed"))
                .body("error_message", equalTo("the person opted out"));
    }

    @Test
    void an_id_that_no_message_can_have_is_one_that_is_not_there() {
        String id = "01936f2e-0000-7000-8000-0000000000a1";

        as("aminah", "viewer")
                .get("/api/v1/messages/" + id)
                .then()
                .statusCode(404)
                .body("detail", equalTo("no message " + id));
    }

    @Test
    void a_landline_is_written_to_and_warned_of() {
        post(asked("\"recipient_phone\": \"03-2161 1235\""))
                .statusCode(201)
                .body("warnings.code", contains("not_mobile"))
                .body("warnings.field", contains("recipient_phone"));
    }

    @Test
    void a_message_has_a_tag_and_a_time_that_change_with_it() {
        String location = post(HELLO)
                .statusCode(201)
                .header("ETag", equalTo("\"1\""))
                .extract()
                .header("Location");
        String first = get(location).header("ETag", equalTo("\"1\"")).extract().path("updated_at");

        stage.release();

        get(location)
                .header("ETag", equalTo("\"2\""))
                .body("updated_at", greaterThan(first))
                .body("min_delay_seconds", equalTo(0));
        get("/api/v1/messages?updated_since=" + first).body("items", hasSize(1));
        get("/api/v1/messages?updated_since=2999-01-01T00:00:00Z").body("items", hasSize(0));
    }

    private static String asked(String own) {
        String device = own.contains("device_id") ? "" : "\"device_id\": \"" + Cast.MERAH + "\", ";
        String phone = own.contains("recipient_phone\"") ? "" : "\"recipient_phone\": \"0123456789\", ";
        String message = own.contains("\"message\"") ? "" : "\"message\": \"Hello\", ";
        return "{" + device + phone + message + own + "}";
    }

    @Test
    void an_ordinary_message_tells_its_story_without_a_row_of_history() {
        // Given
        BroadcastMessage message = Cast.direct(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo());
        stage.store(message);
        stage.release();

        // When
        events.settle(events.accepted(message, 1));
        events.settle(events.delivered(message, 1));
        events.settle(events.read(message, 1));

        // Then
        get("/api/v1/messages/" + message.id())
                .body("timeline.fact", contains("stored", "released", "sent", "delivered", "read"))
                .body("timeline.try_no", contains(nullValue(), equalTo(1), equalTo(1), nullValue(), nullValue()));
        assertThat(stage.rows("SELECT FROM message_facts")).isEmpty();
    }

    @Test
    void a_message_that_went_a_long_way_tells_every_turn_of_it() {
        // Given
        BroadcastMessage message = Cast.direct(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo());
        stage.store(message);
        stage.release();
        Instant tomorrow = Instant.now().plusSeconds(86_400);

        // When
        events.settle(events.unknown(message, 1));
        events.settle(events.returned(message, 1));
        stage.release();
        events.settle(events.deferred(message, 2, tomorrow, DeferReason.DAILY_CAP));

        // Then
        get("/api/v1/messages/" + message.id())
                .body("timeline.fact", contains("stored", "released", "unknown", "released", "returned"))
                .body("timeline[4].reason", equalTo("daily_cap"))
                .body("timeline[4].detail", equalTo("daily_cap"))
                .body("waiting_for", equalTo("daily_cap"))
                .body("eligible_at", notNullValue());
        stage.assertCountsAddUp();
    }

    @Test
    void what_was_refused_and_sent_again_names_the_try_that_went_out() {
        // Given
        BroadcastMessage message = Cast.direct(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo());
        stage.store(message);
        stage.release();
        events.settle(events.accepted(message, 1));
        events.settle(events.refused(message, 1));
        as("aminah", "operator")
                .post("/api/v1/messages/" + message.id() + "/retry")
                .then()
                .statusCode(200);
        stage.release();

        // When
        events.settle(events.accepted(message, 2));

        // Then
        get("/api/v1/messages/" + message.id())
                .body("status", equalTo("sent"))
                .body("timeline.fact[-1]", equalTo("sent"))
                .body("timeline.try_no[-1]", equalTo(2));
    }

    @Test
    void while_everything_is_stopped_that_is_what_a_message_waits_for() {
        BroadcastMessage message = Cast.direct(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo());
        stage.store(message);

        stage.rows("INSERT INTO stops (scope, user_id, stopped_by) VALUES ('user', 'aminah', 'aminah')");

        get("/api/v1/messages/" + message.id()).body("waiting_for", equalTo("stopped"));
    }

    @Test
    void a_text_longer_than_the_limit_is_refused() {
        post(HELLO.replace("Hello\\nAni", "x".repeat(4_097)))
                .statusCode(400)
                .body("violations.field", contains("message"));
    }

    @Test
    void a_text_that_cannot_be_read_is_refused_with_its_place() {
        post(HELLO.replace("Hello\\nAni", "Hello\\n{{nama}}"))
                .statusCode(400)
                .body("violations.field", contains("message"))
                .body("violations.message", contains(containsString("line 2, column 1")));
    }

    @Test
    void a_text_too_long_for_a_platform_is_queued_and_warned_of() {
        post(HELLO.replace("Hello\\nAni", "x".repeat(1_025)))
                .statusCode(201)
                .body("warnings.field", contains("message"))
                .body("status", equalTo("pending"));
        post(HELLO).statusCode(201).body("warnings", hasSize(0));
    }

    @Test
    void the_same_idempotency_key_gets_the_same_message() {
        String key = UUID.randomUUID().toString();
        String first = postWith(key, HELLO).statusCode(201).extract().path("id");

        postWith(key, HELLO)
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .header("Location", endsWith(first))
                .body("id", equalTo(first));
        postWith(key, HELLO.replace("Hello", "Bye")).statusCode(422);

        assertThat(stage.statuses()).containsEntry("pending", 1L);
    }

    @Test
    void what_was_answered_is_answered_again_although_its_device_was_deleted_since() {
        // Given
        String key = UUID.randomUUID().toString();
        String first = postWith(key, HELLO).statusCode(201).extract().path("id");

        // When
        stage.deleteJustNow(Cast.MERAH);

        // Then
        postWith(key, HELLO)
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .body("id", equalTo(first));
        postWith(key, HELLO.replace("Hello", "Bye")).statusCode(422);
        postWith(UUID.randomUUID().toString(), HELLO).statusCode(400).body("violations.field", contains("device_id"));
        assertThat(stage.statuses()).containsExactly(entry("pending", 1L));
    }

    @Test
    void a_tenant_sees_only_its_own() {
        BroadcastMessage others = Cast.direct(Cast.HIJAU, Cast.ANI, Cast.aMinuteAgo());
        BroadcastMessage own = Cast.direct(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo());
        stage.store(others, own);

        get("/api/v1/messages/" + others.id(), 404);
        get("/api/v1/messages").body("items.id", contains(own.id().toString()));
        get("/api/v1/messages?device_id=" + Cast.HIJAU).body("items", hasSize(0));
    }

    @Test
    void a_list_is_filtered_and_paged_newest_first() {
        Instant noon = Instant.parse("2026-11-27T04:00:00Z");
        BroadcastMessage oldest = Cast.campaign(Cast.MERAH, Cast.ANI, 1, noon);
        BroadcastMessage middle = Cast.campaign(Cast.BIRU, Cast.BUDI, 1, noon.plusSeconds(60));
        BroadcastMessage newest = Cast.step(Cast.MERAH, Cast.CITRA, noon.plusSeconds(120));
        stage.store(oldest, middle, newest);

        String cursor = get("/api/v1/messages?limit=2")
                .body("items.id", contains(newest.id().toString(), middle.id().toString()))
                .extract()
                .path("next_cursor");
        get("/api/v1/messages?limit=2&cursor=" + cursor)
                .body("items.id", contains(oldest.id().toString()))
                .body("next_cursor", nullValue());
        get("/api/v1/messages?campaign_id=" + Cast.BLACK_FRIDAY).body("items", hasSize(2));
        get("/api/v1/messages?sequence_id=" + Cast.FITNESS).body("items", hasSize(1));
        get("/api/v1/messages?device_id=" + Cast.BIRU + "&status=pending").body("items", hasSize(1));
        get("/api/v1/messages?status=sent").body("items", hasSize(0));
        get("/api/v1/messages?status=sent&status=pending").body("items", hasSize(3));
        get("/api/v1/messages?kind=step").body("items", hasSize(1));
        get("/api/v1/messages?kind=step&kind=campaign").body("items", hasSize(3));
        get("/api/v1/messages?lead_id=" + Cast.ANI + "&lead_id=" + Cast.BUDI).body("items", hasSize(2));
        get("/api/v1/messages?device_id=" + Cast.BIRU + "&device_id=" + Cast.MERAH)
                .body("items", hasSize(3));
        get("/api/v1/messages?q=ani").body("items", hasSize(3));
        get("/api/v1/messages?q=%25").body("items", hasSize(0));
        get("/api/v1/messages?q=" + Cast.phone(Cast.ANI).digits().substring(3)).body("items", hasSize(1));
        get("/api/v1/messages?q=0" + Cast.phone(Cast.ANI).digits().substring(2)).body("items", hasSize(1));
        get("/api/v1/messages?phone=" + Cast.phone(Cast.ANI)).body("items", hasSize(1));
        get("/api/v1/messages?from=2026-11-27T04:01:00Z&to=2026-11-27T04:02:00Z")
                .body("items", hasSize(1));
    }

    @ParameterizedTest
    @CsvSource({
        "devise_id=1, devise_id",
        "status=lost, status",
        "limit=0, limit",
        "cursor=x, cursor",
        "phone=1, phone",
        "from=-9999-01-01T00:00:00Z, from",
        "to=%2B20000-01-01T00:00:00Z, to"
    })
    void a_filter_that_cannot_be_read_is_named(String query, String field) {
        as("aminah", "viewer")
                .urlEncodingEnabled(false)
                .get("/api/v1/messages?" + query)
                .then()
                .statusCode(400)
                .body("violations.field", contains(field));
    }

    @Test
    void who_may_only_look_cannot_send_and_who_is_nobody_sees_nothing() {
        as("aminah", "viewer")
                .contentType(ContentType.JSON)
                .body(HELLO)
                .post("/api/v1/messages")
                .then()
                .statusCode(403)
                .contentType("application/problem+json");
        given().get("/api/v1/messages").then().statusCode(401).contentType("application/problem+json");
    }

    private static ValidatableResponse post(String body) {
        return as("aminah", "operator")
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/messages")
                .then();
    }

    private static ValidatableResponse postWith(String key, String body) {
        return as("aminah", "operator")
                .header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/messages")
                .then();
    }

    private static ValidatableResponse get(String path) {
        return get(path, 200);
    }

    private static ValidatableResponse get(String path, int status) {
        return as("aminah", "viewer").get(path).then().statusCode(status);
    }

    private static RequestSpecification as(String user, String role) {
        return given().auth().oauth2(TestServers.token(user, role));
    }
}
