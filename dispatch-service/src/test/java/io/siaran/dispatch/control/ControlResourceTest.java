package io.siaran.dispatch.control;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Events;
import io.siaran.dispatch.Listener;
import io.siaran.dispatch.Stage;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.LeadId;
import io.siaran.model.PhoneNumber;
import io.siaran.model.PlanStatus;
import io.siaran.model.Topic;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ControlResourceTest {

    @Inject
    Stage stage;

    @Inject
    Database database;

    @Inject
    Events events;

    @Inject
    ControlJobs jobs;

    @Inject
    WorkOffBulkActions workOff;

    private BroadcastMessage message;

    @BeforeEach
    void setTheScene() {
        stage.reset();
        message = Cast.campaign(Cast.MERAH, Cast.ANI, 1);
        stage.store(message);
    }

    @Test
    void a_waiting_message_is_cancelled_at_once_and_remembers_by_whom() {
        post("cancel")
                .statusCode(200)
                .body("status", equalTo("cancelled"))
                .body("failure_reason", equalTo("cancelled_by_user"))
                .body("timeline.fact", contains("stored", "cancel_asked", "cancelled"))
                .body("timeline.by", hasItem("aminah"));
        assertThat(stage.release().messages()).isZero();
        stage.assertCountsAddUp();
    }

    /** Whoever reads what others write waits for them, as for a count of millions; the engines' connections wait for nobody. */
    @Test
    void what_is_too_much_to_be_counted_is_done_all_the_same_and_then_it_is_known_how_much_it_was() {
        // Given
        stage.store(Cast.direct(Cast.HIJAU, Cast.BUDI, Cast.aMinuteAgo()));

        // When
        String action = database.inTransaction(tx -> {
            tx.run("LOCK TABLE broadcast_messages IN ACCESS EXCLUSIVE MODE");
            return CompletableFuture.supplyAsync(() -> bulk("cancel", "{\"all\": true}")
                            .statusCode(202)
                            .body("messages", nullValue())
                            .extract()
                            .header("Location"))
                    .orTimeout(15, TimeUnit.SECONDS)
                    .join();
        });
        action(action).body("messages", nullValue()).body("done_at", nullValue());
        jobs.workOff();

        // Then
        assertThat(stage.status(message.id())).isEqualTo("cancelled");
        assertThat(stage.statuses()).containsEntry("pending", 1L);
        action(action).body("messages", equalTo(1)).body("changed", equalTo(1)).body("done_at", notNullValue());
    }

    /** Each step of an action looks at some of them, however few it finds: no step takes longer for a tenant who has sent millions. */
    @ParameterizedTest
    @CsvSource({
        "cancel, {\"all\": true}, sent, pending",
        "retry, {\"all\": true}, cancelled, failed",
        "resolve, {\"all\": true; \"outcome\": \"sent\"}, failed, unknown"
    })
    void one_among_thousands_is_found_step_by_step(String action, String body, String others, String one) {
        // Given
        stage.store(IntStream.range(0, 3_500)
                .mapToObj(i -> Cast.campaign(Cast.BIRU, new LeadId(UUID.randomUUID()), 1))
                .toList());
        BroadcastMessage last = Cast.direct(Cast.BIRU, Cast.BUDI, Instant.now().plusSeconds(60));
        stage.store(last);
        are(others, "id <> '" + last.id() + "'");
        are(one, "id = '" + last.id() + "'");
        String asked = bulk(action, body.replace(';', ','))
                .statusCode(202)
                .body("messages", equalTo(1))
                .extract()
                .header("Location");

        // When
        workOff.next();

        // Then
        assertThat(stage.status(last.id())).isEqualTo(one);
        ValidatableResponse underWay =
                action(asked).body("done_at", nullValue()).body("changed", equalTo(0));
        String tag = underWay.extract().header("ETag");
        String changed = underWay.extract().path("updated_at");
        action(asked).header("ETag", equalTo(tag));
        jobs.workOff();
        assertThat(stage.status(last.id())).isNotEqualTo(one);
        action(asked)
                .header("ETag", not(equalTo(tag)))
                .body("updated_at", not(equalTo(changed)))
                .body("done_at", notNullValue())
                .body("changed", equalTo(1));
    }

    private void are(String status, String which) {
        database.run(
                "UPDATE broadcast_messages SET status = $1::text, try_no = 1, sent_at = CASE $1::text WHEN 'sent' THEN now() END,"
                        + " failure_reason = CASE $1::text WHEN 'failed' THEN 'expired' WHEN 'cancelled' THEN 'cancelled_by_user' END"
                        + " WHERE " + which,
                status);
    }

    @Test
    void a_message_in_flight_is_asked_back_and_ends_as_the_gateway_answers() {
        // Given
        stage.release();

        // When
        post("cancel").statusCode(202).body("status", equalTo("processing"));

        // Then
        assertThat(stage.rows("SELECT FROM broadcast_messages WHERE recall_at <= now()"))
                .hasSize(1);
        events.settle(events.returned(message, 1));
        assertThat(stage.row(message.id()).getString("failure_reason")).isEqualTo("cancelled_by_user");
    }

    @Test
    void what_was_sent_before_it_could_be_asked_back_is_sent() {
        stage.release();
        post("cancel").statusCode(202);

        events.settle(events.accepted(message, 1));

        assertThat(stage.status(message.id())).isEqualTo("sent");
        post("cancel").statusCode(409).body("detail", equalTo("a sent message cannot be cancelled"));
    }

    @Test
    void who_decides_on_a_message_that_has_changed_is_told() {
        // Given
        stage.release();

        // When
        ValidatableResponse late = as("aminah", "operator")
                .header("If-Match", "\"1\"")
                .post("/api/v1/messages/" + message.id() + "/cancel")
                .then();

        // Then
        late.statusCode(412).body("code", equalTo("precondition_failed"));
        as("aminah", "operator")
                .header("If-Match", "\"2\"")
                .post("/api/v1/messages/" + message.id() + "/cancel")
                .then()
                .statusCode(202)
                .header("ETag", equalTo("\"3\""));
    }

    @Test
    void a_failed_message_is_tried_again_from_the_start() {
        // Given
        stage.release();
        events.settle(events.rejected(message, 1));
        database.run("UPDATE broadcast_messages SET expires_at = now() - interval '1 hour'");

        // When
        post("retry")
                .statusCode(200)
                .body("status", equalTo("pending"))
                .body("attempts", equalTo(0))
                .body("timeline.fact", contains("stored", "released", "failed", "retried"));

        // Then
        assertThat(stage.row(message.id()).getOffsetDateTime("expires_at").toInstant())
                .isAfter(Instant.now().plusSeconds(6 * 86_400));
        assertThat(stage.release().messages()).isOne();
        assertThat(stage.row(message.id()).getInteger("try_no")).isEqualTo(2);
    }

    /** The campaign may have ended within its hours, and somebody tries again what failed in the night. */
    @Test
    void what_is_tried_again_of_a_campaign_that_has_closed_since_waits() {
        // Given
        stage.release();
        events.settle(events.rejected(message, 1));
        stage.plan(Cast.BLACK_FRIDAY.value(), Cast.AMINAH, PlanStatus.COMPLETED, 1);
        database.run("UPDATE plans SET open_until = now() - interval '4 hours'");

        // When
        post("retry").statusCode(200).body("status", equalTo("pending")).body("waiting_for", equalTo("plan_paused"));

        // Then
        assertThat(stage.release().messages()).isZero();
    }

    @Test
    void who_was_told_that_a_message_ended_is_told_that_it_is_tried_again() {
        // Given
        stage.release();
        events.settle(events.unknown(message, 1));

        // When
        try (Listener statuses = new Listener(Topic.MESSAGE_STATUS)) {
            post("retry").statusCode(200);

            // Then
            JsonNode told = statuses.hear(status ->
                    status.path("message_id").asText().equals(message.id().toString())
                            && status.path("status").asText().equals("pending"));
            assertThat(told.path("version").asLong())
                    .isEqualTo(stage.row(message.id()).getLong("version"));
        }
    }

    @Test
    void who_hears_only_of_the_end_of_a_message_hears_whether_it_may_have_been_sent() {
        // Given
        BroadcastMessage other = Cast.direct(Cast.BIRU, Cast.BUDI, Instant.now().plusSeconds(600));
        stage.store(other);
        stage.release();
        events.settle(events.unknown(message, 1));
        post("retry").statusCode(200);

        // When
        try (Listener statuses = new Listener(Topic.MESSAGE_STATUS)) {
            post("cancel").statusCode(200);
            as("aminah", "operator").post("/api/v1/messages/" + other.id() + "/cancel");

            // Then
            assertThat(inDoubtOnceCancelled(statuses, message)).isTrue();
            assertThat(inDoubtOnceCancelled(statuses, other)).isFalse();
        }
    }

    private static boolean inDoubtOnceCancelled(Listener statuses, BroadcastMessage message) {
        JsonNode told = statuses.hear(
                status -> status.path("message_id").asText().equals(message.id().toString())
                        && status.path("status").asText().equals("cancelled"));
        return told.required("in_doubt").asBoolean();
    }

    @Test
    void a_retried_unknown_message_tells_the_gateway_which_try_is_waived() {
        stage.release();
        events.settle(events.unknown(message, 1));

        post("retry").statusCode(200).body("timeline.fact", contains("stored", "released", "unknown", "retried"));

        assertThat(stage.row(message.id()).getInteger("superseded_try")).isEqualTo(1);
    }

    @Test
    void an_operator_says_what_became_of_an_unknown_message() {
        stage.release();
        events.settle(events.unknown(message, 1));

        resolve("sent")
                .statusCode(200)
                .body("status", equalTo("sent"))
                .body("sent_at", notNullValue())
                .body("timeline.fact", hasItem("resolved"));
        resolve("failed").statusCode(409).body("detail", containsString("this one is sent"));
        // The platform knows better than an operator.
        events.settle(events.refused(message, 1));
        assertThat(stage.row(message.id()).getString("failure_reason")).isEqualTo("rejected_after_accept");
    }

    @Test
    void a_suppressed_person_gets_no_second_try() {
        stage.release();
        events.settle(events.rejected(message, 1));
        stage.suppress(Cast.AMINAH, message.recipientPhone().digits());

        post("retry").statusCode(409).body("detail", containsString("suppressed"));

        assertThat(stage.status(message.id())).isEqualTo("failed");
        assertThat(stage.rows("SELECT FROM message_facts WHERE fact = 'retried'"))
                .isEmpty();
    }

    /** Of a campaign under way its owner takes it back; of one that has ended nobody knows whom it reached but its messages. */
    @ParameterizedTest
    @ValueSource(strings = {"sent", "unknown", "pending"})
    void what_would_follow_its_lead_to_a_phone_that_has_the_campaign_gets_no_second_try(String status) {
        // Given
        bothHaveFailedAndAniGetsThePhoneOfBudi();
        are(status, "lead_id = '" + Cast.BUDI + "'");

        // When
        post("retry").statusCode(200);
        stage.writesOncePerPhone(Cast.BLACK_FRIDAY.value());
        post("cancel").statusCode(200);

        // Then
        post("retry").statusCode(409).body("detail", containsString("withdrawn"));
        assertThat(stage.status(message.id())).isEqualTo("cancelled");
    }

    @Test
    void what_would_follow_its_lead_to_a_phone_that_has_not_got_the_campaign_is_tried_again() {
        bothHaveFailedAndAniGetsThePhoneOfBudi();
        stage.writesOncePerPhone(Cast.BLACK_FRIDAY.value());

        post("retry").statusCode(200).body("status", equalTo("pending"));
    }

    private void bothHaveFailedAndAniGetsThePhoneOfBudi() {
        stage.store(Cast.campaign(Cast.BIRU, Cast.BUDI, 1));
        are("failed", "true");
        stage.plan(Cast.BLACK_FRIDAY.value(), Cast.AMINAH, PlanStatus.COMPLETED, 1);
        stage.correct(Cast.ANI, Cast.MERAH, Cast.phone(Cast.BUDI).digits(), "Ani");
    }

    @Test
    void the_same_idempotency_key_decides_once() {
        stage.release();
        events.settle(events.rejected(message, 1));
        String key = UUID.randomUUID().toString();

        postWith(key).statusCode(200);
        postWith(key).statusCode(200).header("Idempotency-Replayed", "true");

        assertThat(stage.rows("SELECT FROM message_facts WHERE fact = 'retried'"))
                .hasSize(1);
    }

    @Test
    void an_outcome_that_is_said_twice_decides_nothing() {
        are("unknown", "id = '" + message.id() + "'");

        json("aminah", "operator", "{\"outcome\": \"sent\", \"outcome\": \"failed\"}")
                .post("/api/v1/messages/" + message.id() + "/resolve")
                .then()
                .statusCode(400)
                .body("violations.field", contains("outcome"));
        assertThat(stage.status(message.id())).isEqualTo("unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancel", "retry", "resolve"})
    void who_may_not_decide_does_not(String action) {
        String path = "/api/v1/messages/" + message.id() + "/" + action;
        json("razak", "operator", "{\"outcome\": \"sent\"}").post(path).then().statusCode(404);
        json("aminah", "viewer", "{\"outcome\": \"sent\"}").post(path).then().statusCode(403);
        assertThat(stage.status(message.id())).isEqualTo("pending");
    }

    @Test
    void all_that_match_are_cancelled_in_batches_and_no_others() {
        // Given
        List<BroadcastMessage> many = IntStream.range(0, 4_500)
                .mapToObj(i -> Cast.campaign(Cast.BIRU, new LeadId(UUID.randomUUID()), 1))
                .toList();
        stage.store(many);
        stage.store(Cast.direct(Cast.HIJAU, Cast.ANI, Cast.aMinuteAgo()));

        // When
        String action = bulk("cancel", "{\"device_id\": \"%s\"}".formatted(Cast.BIRU))
                .statusCode(202)
                .body("messages", equalTo(4_500))
                .body("changed", equalTo(0))
                .extract()
                .header("Location");
        jobs.workOff();

        // Then
        assertThat(stage.statuses()).containsEntry("cancelled", 4_500L).containsEntry("pending", 2L);
        given().auth()
                .oauth2(TestServers.token("aminah", "viewer"))
                .get(action)
                .then()
                .body("changed", equalTo(4_500))
                .body("done_at", notNullValue());
        stage.assertCountsAddUp();
    }

    @Test
    void an_action_that_was_cut_off_goes_on_where_it_was() {
        // Given
        stage.store(IntStream.range(0, 3_000)
                .mapToObj(i -> Cast.campaign(Cast.BIRU, new LeadId(UUID.randomUUID()), 1))
                .toList());
        bulk("cancel", "{\"campaign_id\": \"%s\"}".formatted(Cast.BLACK_FRIDAY)).statusCode(202);
        database.run(
                "UPDATE bulk_actions SET done_to = (SELECT id FROM broadcast_messages ORDER BY id OFFSET 999 LIMIT 1)");

        // When
        jobs.workOff();

        // Then
        assertThat(stage.statuses()).containsEntry("cancelled", 2_001L).containsEntry("pending", 1_000L);
    }

    @Test
    void an_action_is_forgotten_a_month_after_it_was_done() {
        bulk("cancel", "{\"status\": \"pending\", \"all\": true}").statusCode(202);
        bulk("cancel", "{\"status\": \"processing\", \"all\": true}").statusCode(202);
        jobs.workOff();
        database.run("UPDATE bulk_actions SET done_at = now() - interval '31 days' WHERE filter->'statuses'->>0 ="
                + " 'pending'");

        jobs.forget();

        assertThat(stage.rows("SELECT FROM bulk_actions")).hasSize(1);
    }

    @Test
    void what_failed_is_retried_and_unknown_only_when_it_is_named() {
        BroadcastMessage other = Cast.campaign(Cast.BIRU, Cast.BUDI, 1);
        stage.store(other);
        stage.release();
        events.settle(events.rejected(message, 1), events.unknown(other, 1));

        bulk("retry", "{\"campaign_id\": \"%s\"}".formatted(Cast.BLACK_FRIDAY))
                .statusCode(202)
                .body("messages", equalTo(1));
        jobs.workOff();
        assertThat(stage.status(message.id())).isEqualTo("pending");
        assertThat(stage.status(other.id())).isEqualTo("unknown");
        bulk("retry", "{\"status\": \"unknown\", \"all\": true}").statusCode(202);
        jobs.workOff();
        assertThat(stage.status(other.id())).isEqualTo("pending");
    }

    @Test
    void all_unknown_messages_of_a_person_are_resolved_at_once() {
        stage.release();
        events.settle(events.unknown(message, 1));

        bulk(
                        "resolve",
                        "{\"phone\": \"%s\", \"outcome\": \"failed\"}"
                                .formatted(message.recipientPhone().digits()))
                .statusCode(202);
        jobs.workOff();

        assertThat(stage.row(message.id()).getString("failure_reason")).isEqualTo("resolved_as_failed");
    }

    @Test
    void whom_an_action_was_about_is_forgotten_when_it_is_done_and_when_it_fails_for_good() {
        // Given
        bulk("cancel", "{\"phone\": \"0123456789\"}").statusCode(202);
        jobs.workOff();
        bulk("cancel", "{\"phone\": \"0123456789\"}").statusCode(202);
        database.run("UPDATE bulk_actions SET failures = 19, filter = filter || '{\"statuses\": [\"no such status\"]}'"
                + " WHERE done_at IS NULL");
        assertThat(stage.rows("SELECT FROM bulk_actions WHERE filter ->> 'phone' = '60123456789'"))
                .hasSize(1);

        // When
        assertThatThrownBy(jobs::workOff).isInstanceOf(IllegalStateException.class);

        // Then
        assertThat(stage.rows("SELECT filter ->> 'phone' FROM bulk_actions WHERE done_at IS NOT NULL"))
                .extracting(row -> row.getString(0))
                .containsExactly(PhoneNumber.NOBODY.digits(), PhoneNumber.NOBODY.digits());
    }

    @Test
    void an_action_on_a_foreign_number_leaves_the_one_alone_that_is_spelled_so_at_home() {
        // Given
        database.run("UPDATE broadcast_messages SET recipient_phone = '6067720123'");

        // When
        bulk("cancel", "{\"phone\": \"+67720123\"}").statusCode(202).body("messages", equalTo(0));
        jobs.workOff();

        // Then
        assertThat(stage.status(message.id())).isEqualTo("pending");
    }

    @Test
    void a_large_action_does_not_keep_the_others_waiting() {
        // Given
        stage.store(IntStream.range(0, 2_001)
                .mapToObj(i -> Cast.campaign(Cast.BIRU, new LeadId(UUID.randomUUID()), 1))
                .toList());
        BroadcastMessage ofRazak = Cast.direct(Cast.HIJAU, Cast.BUDI, Cast.aMinuteAgo());
        stage.store(ofRazak);
        bulk("cancel", "{\"campaign_id\": \"%s\"}".formatted(Cast.BLACK_FRIDAY)).statusCode(202);
        json("razak", "operator", "{\"status\": \"pending\", \"all\": true}")
                .post("/api/v1/messages/cancel")
                .then()
                .statusCode(202);

        // When
        workOff.next();
        workOff.next();

        // Then
        assertThat(stage.status(ofRazak.id())).isEqualTo("cancelled");
    }

    @Test
    void users_take_turns_however_many_actions_one_of_them_has_asked_for() {
        // Given
        stage.store(IntStream.range(0, 2_001)
                .mapToObj(i -> Cast.campaign(Cast.BIRU, new LeadId(UUID.randomUUID()), 1))
                .toList());
        BroadcastMessage ofRazak = Cast.direct(Cast.HIJAU, Cast.BUDI, Cast.aMinuteAgo());
        stage.store(ofRazak);
        for (int i = 0; i < 5; i++) {
            bulk("cancel", "{\"campaign_id\": \"%s\"}".formatted(Cast.BLACK_FRIDAY))
                    .statusCode(202);
        }
        workOff.next();
        json("razak", "operator", "{\"status\": \"pending\", \"all\": true}")
                .post("/api/v1/messages/cancel")
                .then()
                .statusCode(202);

        // When
        workOff.next();

        // Then
        assertThat(stage.status(ofRazak.id())).isEqualTo("cancelled");
    }

    @Test
    void who_has_as_many_actions_under_way_as_may_be_waits_for_one_to_end() {
        // Given
        for (int i = 0; i < 20; i++) {
            bulk("cancel", "{\"all\": true}").statusCode(202);
        }

        // When
        bulk("cancel", "{\"all\": true}")
                .statusCode(429)
                .body("code", equalTo("too_many_requests"))
                .header("Retry-After", notNullValue());
        json("razak", "operator", "{\"all\": true}")
                .post("/api/v1/messages/cancel")
                .then()
                .statusCode(202);
        jobs.workOff();

        // Then
        bulk("cancel", "{\"all\": true}").statusCode(202);
    }

    @Test
    void a_cancel_is_taken_and_goes_first_however_many_retries_are_under_way() {
        // Given
        for (int i = 0; i < 20; i++) {
            bulk("retry", "{\"all\": true}").statusCode(202);
        }
        bulk("retry", "{\"all\": true}").statusCode(429);

        // When
        bulk("cancel", "{\"all\": true}").statusCode(202);
        workOff.next();

        // Then
        assertThat(stage.status(message.id())).isEqualTo("cancelled");
    }

    @Test
    void a_retry_takes_no_message_back_to_the_device_that_its_lead_had_before() {
        // Given
        stage.lead(Cast.ANI, Cast.MERAH, false);
        BroadcastMessage ofNow = Cast.of(2, Cast.BIRU, Cast.phone(Cast.ANI), Cast.campaign(Cast.BIRU, Cast.ANI, 1));
        stage.store(ofNow);
        bulk("cancel", "{\"device_id\": \"%s\"}".formatted(Cast.BIRU)).statusCode(202);
        jobs.workOff();
        assertThat(stage.status(ofNow.id())).isEqualTo("cancelled");

        // When
        bulk("retry", "{\"device_id\": \"%s\", \"status\": \"cancelled\"}".formatted(Cast.BIRU))
                .statusCode(202);
        jobs.workOff();

        // Then
        assertThat(stage.status(ofNow.id())).isEqualTo("pending");
        assertThat(stage.row(ofNow.id()).getUUID("moving_to")).isNull();
    }

    @Test
    void an_action_that_fails_does_not_block_those_after_it() {
        // Given
        bulk("cancel", "{\"device_id\": \"%s\"}".formatted(Cast.BIRU)).statusCode(202);
        database.run("UPDATE bulk_actions SET filter = '{\"statuses\": [\"no such status\"]}'");
        bulk("cancel", "{\"device_id\": \"%s\"}".formatted(Cast.MERAH)).statusCode(202);

        // When
        assertThatThrownBy(jobs::workOff).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(jobs::workOff).isInstanceOf(IllegalStateException.class);

        // Then
        assertThat(stage.status(message.id())).isEqualTo("cancelled");
    }

    @Test
    void an_action_that_always_fails_ends_and_says_why() {
        // Given
        String action = bulk("cancel", "{\"device_id\": \"%s\"}".formatted(Cast.BIRU))
                .statusCode(202)
                .extract()
                .header("Location");
        database.run("UPDATE bulk_actions SET filter = '{\"statuses\": [\"no such status\"]}'");

        // When
        for (int n = 0; n < 20; n++) {
            assertThat(stage.rows("SELECT FROM bulk_actions WHERE done_at IS NULL"))
                    .hasSize(1);
            assertThatThrownBy(jobs::workOff).isInstanceOf(IllegalStateException.class);
        }
        jobs.workOff();

        // Then
        given().auth()
                .oauth2(TestServers.token("aminah", "viewer"))
                .get(action)
                .then()
                .body("done_at", notNullValue())
                .body("failed_because", equalTo("failed 20 times in a row: IllegalStateException"));
    }

    @Test
    void an_action_that_fails_now_and_then_is_done() {
        // Given
        bulk("cancel", "{\"device_id\": \"%s\"}".formatted(Cast.MERAH)).statusCode(202);
        database.run("UPDATE bulk_actions SET failures = 19");

        // When
        jobs.workOff();

        // Then
        assertThat(stage.status(message.id())).isEqualTo("cancelled");
        assertThat(stage.rows("SELECT FROM bulk_actions WHERE failures = 0 AND failed_because IS NULL"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        cancel  | {"devise_id": "x"}                            | 400 | devise_id
        cancel  | {"from": 0}                                   | 400 | from
        cancel  | {"from": ""}                                  | 400 | from
        cancel  | {"all": 1}                                    | 400 | all
        cancel  | {"device_id": ""}                             | 400 | device_id
        resolve | {"phone": "0123456789", "outcome": "sent", "outcome": "failed"} | 400 | outcome
        cancel  | {"status": "sent"}                            | 400 | status
        cancel  | {"status": "pending", "outcome": "sent"}      | 400 | outcome
        resolve | {"status": "unknown"}                         | 400 | outcome
        resolve | {"status": "unknown", "outcome": "pending"}   | 400 | outcome
        retry   | {"phone": "1"}                                | 400 | phone
        retry   | {"from": "+20000-01-01T00:00:00Z"}            | 400 | from
        """)
    void what_is_wrong_is_named(String action, String body, int status, String field) {
        bulk(action, body).statusCode(status).body("violations.field", contains(field));
        assertThat(stage.rows("SELECT FROM bulk_actions")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"status\": \"pending\"}",
                "{\"kind\": \"campaign\"}",
                "{\"from\": \"1970-01-01T00:00:00Z\"}",
                "{\"to\": \"2999-01-01T00:00:00Z\"}",
                "{\"status\": \"pending\", \"all\": false}",
                "{\"phone\": \"0123456789\", \"all\": true}"
            })
    void all_messages_are_meant_only_where_the_request_says_so(String body) {
        bulk("cancel", body).statusCode(400).body("violations.field", contains("all"));
        assertThat(stage.rows("SELECT FROM bulk_actions")).isEmpty();
    }

    @Test
    void all_messages_are_cancelled_by_who_says_so() {
        bulk("cancel", "{\"all\": true}").statusCode(202).body("messages", equalTo(1));
        jobs.workOff();
        assertThat(stage.status(message.id())).isEqualTo("cancelled");
    }

    @Test
    void an_action_tells_why_it_leaves_messages_alone() {
        // Given
        BroadcastMessage suppressed = Cast.campaign(Cast.BIRU, Cast.BUDI, 1);
        BroadcastMessage waiting = Cast.campaign(Cast.BIRU, Cast.CITRA, 1);
        stage.store(suppressed);
        stage.release();
        events.settle(events.rejected(message, 1), events.rejected(suppressed, 1));
        stage.store(waiting);
        stage.suppress(Cast.AMINAH, suppressed.recipientPhone().digits());

        // When
        String action = bulk("retry", "{\"campaign_id\": \"%s\"}".formatted(Cast.BLACK_FRIDAY))
                .statusCode(202)
                .body("messages", equalTo(2))
                .body("skipped.pending", equalTo(1))
                .extract()
                .header("Location");
        jobs.workOff();

        // Then
        given().auth()
                .oauth2(TestServers.token("aminah", "viewer"))
                .get(action)
                .then()
                .body("changed", equalTo(1))
                .body("skipped", equalTo(Map.of("pending", 1, "suppressed", 1)));
    }

    @Test
    void a_message_that_the_database_refuses_to_change_is_skipped_and_told() {
        // Given
        BroadcastMessage refused = Cast.campaign(Cast.BIRU, Cast.BUDI, 1);
        BroadcastMessage other = Cast.campaign(Cast.BIRU, Cast.CITRA, 1);
        stage.store(refused, other);
        stage.refuseChangesOf(refused.id());

        // When
        String action = bulk("cancel", "{\"campaign_id\": \"%s\"}".formatted(Cast.BLACK_FRIDAY))
                .statusCode(202)
                .extract()
                .header("Location");
        jobs.workOff();

        // Then
        assertThat(stage.status(message.id())).isEqualTo("cancelled");
        assertThat(stage.status(other.id())).isEqualTo("cancelled");
        assertThat(stage.status(refused.id())).isEqualTo("pending");
        given().auth()
                .oauth2(TestServers.token("aminah", "viewer"))
                .get(action)
                .then()
                .body("skipped.set_aside", equalTo(1));
    }

    private static ValidatableResponse action(String location) {
        return as("aminah", "viewer").get(location).then().statusCode(200);
    }

    private ValidatableResponse post(String action) {
        return as("aminah", "operator")
                .post("/api/v1/messages/" + message.id() + "/" + action)
                .then();
    }

    private ValidatableResponse postWith(String key) {
        return as("aminah", "operator")
                .header("Idempotency-Key", key)
                .post("/api/v1/messages/" + message.id() + "/retry")
                .then();
    }

    private ValidatableResponse resolve(String outcome) {
        return json("aminah", "operator", "{\"outcome\": \"%s\"}".formatted(outcome))
                .post("/api/v1/messages/" + message.id() + "/resolve")
                .then();
    }

    private static ValidatableResponse bulk(String action, String body) {
        return json("aminah", "operator", body)
                .post("/api/v1/messages/" + action)
                .then();
    }

    private static RequestSpecification json(String user, String role, String body) {
        return as(user, role).contentType(ContentType.JSON).body(body);
    }

    private static RequestSpecification as(String user, String role) {
        return given().auth().oauth2(TestServers.token(user, role));
    }
}
