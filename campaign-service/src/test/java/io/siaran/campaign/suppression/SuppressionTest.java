package io.siaran.campaign.suppression;

import static io.siaran.campaign.Cast.ANI;
import static io.siaran.campaign.Cast.BUDI;
import static io.siaran.campaign.Cast.CITRA;
import static io.siaran.campaign.Cast.as;
import static io.siaran.campaign.Cast.operator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.campaign.Cast;
import io.siaran.kafka.OutboxRecord;
import io.siaran.kafka.Publisher;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeviceId;
import io.siaran.model.InboundMessage;
import io.siaran.model.Json;
import io.siaran.model.LeadId;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Suppression;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class SuppressionTest {

    @Inject
    Cast cast;

    @Inject
    Publisher publisher;

    @Inject
    ReplyIntake replies;

    private final String user = Cast.newUser();
    private DeviceId merah;

    @BeforeEach
    void link() {
        merah = cast.device(user);
    }

    @Test
    void a_person_is_suppressed_in_any_spelling_and_everybody_is_told_once() {
        // Given
        Instant before = Instant.now().truncatedTo(ChronoUnit.MICROS);

        // When
        suppress("012-345 6701", 201).header("Location", equalTo("/api/v1/suppressions/" + ANI));
        suppress("+60 12 345 6701", 200).body("reason", equalTo("asked by phone"));

        // Then
        as(user, "viewer")
                .get("/api/v1/suppressions/0123456701")
                .then()
                .statusCode(200)
                .body("phone", equalTo(ANI))
                .body("source", equalTo("operator"))
                .body("since", notNullValue());
        assertThat(told(ANI)).extracting(Suppression::deleted).containsExactly(false);
        assertThat(told(ANI).getFirst().decidedAt()).isBetween(before, Instant.now());
    }

    @Test
    void a_suppression_is_lifted_and_comes_back_with_a_higher_version() {
        // When
        suppress(ANI, 201);
        lift(ANI, 204);
        lift(ANI, 404);
        suppress(ANI, 201);

        // Then
        await().untilAsserted(() ->
                assertThat(told(ANI)).extracting(Suppression::deleted).containsExactly(false, true, false));
        assertThat(told(ANI)).extracting(Suppression::version).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void only_the_version_that_was_seen_is_lifted() {
        // Given
        String seen = suppress(ANI, 201).extract().header("ETag");
        as(user, "viewer")
                .get("/api/v1/suppressions/" + ANI)
                .then()
                .header("ETag", equalTo(seen))
                .body("updated_at", notNullValue());
        lift(ANI, 204);
        String anew = suppress(ANI, 201).extract().header("ETag");

        // When
        operator(user)
                .header("If-Match", seen)
                .delete("/api/v1/suppressions/" + ANI)
                .then()
                .statusCode(412)
                .body("code", equalTo("precondition_failed"))
                .body("detail", containsString(anew));

        // Then
        suppress(ANI, 200).header("ETag", equalTo(anew));
        operator(user)
                .header("If-Match", anew)
                .delete("/api/v1/suppressions/" + ANI)
                .then()
                .statusCode(204);
    }

    @Test
    void what_is_wrong_is_named_and_strangers_see_nothing() {
        // Given
        suppress(ANI, 201);
        String stranger = Cast.newUser();

        // Then
        suppress("12", 400).body("violations.field", contains("phone"));
        as(user, "viewer")
                .body("{\"phone\": \"" + BUDI + "\"}")
                .post("/api/v1/suppressions")
                .then()
                .statusCode(403);
        as(stranger, "viewer").get("/api/v1/suppressions/" + ANI).then().statusCode(404);
        as(stranger, "viewer").get("/api/v1/suppressions").then().body("items", hasSize(0));
        operator(stranger).delete("/api/v1/suppressions/" + ANI).then().statusCode(404);
    }

    @Test
    void the_list_is_read_in_pages() {
        // Given
        for (String phone : List.of(CITRA, ANI, BUDI)) {
            suppress(phone, 201);
        }

        // When
        ValidatableResponse first =
                as(user, "viewer").get("/api/v1/suppressions?limit=2").then().body("items.phone", contains(ANI, BUDI));

        // Then
        as(user, "viewer")
                .get("/api/v1/suppressions?cursor=" + first.extract().path("next_cursor"))
                .then()
                .body("items.phone", contains(CITRA));
        as(user, "viewer").get("/api/v1/suppressions?cursor=AAAA").then().statusCode(400);
    }

    @Test
    void the_person_behind_a_lead_opts_out_on_all_devices_and_for_good() {
        // Given
        LeadId ani = Cast.lead(user, merah, ANI);
        DeviceId biru = cast.device(user);
        LeadId twin = Cast.lead(user, biru, ANI);

        // When
        operator(user)
                .post("/api/v1/leads/" + ani + "/opt-out")
                .then()
                .statusCode(200)
                .body("phone", equalTo(ANI));
        operator(user).post("/api/v1/leads/" + ani + "/opt-out").then().statusCode(200);

        // Then
        optedOut(twin, true);
        operator(user).delete("/api/v1/leads/" + ani).then().statusCode(204);
        optedOut(Cast.lead(user, merah, ANI), true);
        assertThat(told(ANI)).hasSize(1);
    }

    @Test
    void the_person_behind_a_lead_opts_in_again() {
        // Given
        LeadId ani = Cast.lead(user, merah, ANI);
        operator(user).post("/api/v1/leads/" + ani + "/opt-out").then().statusCode(200);

        // When
        operator(user).delete("/api/v1/leads/" + ani + "/opt-out").then().statusCode(204);
        operator(user).delete("/api/v1/leads/" + ani + "/opt-out").then().statusCode(204);

        // Then
        optedOut(ani, false);
        operator(Cast.newUser())
                .post("/api/v1/leads/" + ani + "/opt-out")
                .then()
                .statusCode(404);
    }

    @Test
    void who_replies_stop_is_suppressed_within_a_second_and_comes_back_with_start() {
        // When
        Instant before = Instant.now();
        reply(ANI, "Stop. Thank you", before);
        await().pollInterval(Duration.ofMillis(20)).until(() -> !told(ANI).isEmpty());

        // Then
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(2));
        as(user, "viewer").get("/api/v1/suppressions/" + ANI).then().body("source", equalTo("reply"));

        // And
        reply(ANI, "START", Instant.now().plusSeconds(1));
        await().untilAsserted(() ->
                assertThat(told(ANI)).extracting(Suppression::deleted).containsExactly(false, true));
    }

    @Test
    void a_start_that_is_taken_in_after_its_time_or_together_with_the_stop_before_it_is_not_lost() {
        // When
        replies.apply(List.of(said(ANI, "STOP", ago(60)), said(ANI, "START", ago(30))));
        replies.apply(List.of(said(BUDI, "STOP", ago(60))));
        replies.apply(List.of(said(BUDI, "START", ago(30))));

        // Then
        as(user, "viewer").get("/api/v1/suppressions").then().body("items", hasSize(0));
        await().untilAsserted(() ->
                assertThat(told(BUDI)).extracting(Suppression::deleted).containsExactly(false, true));
    }

    @Test
    void of_words_that_come_in_another_order_the_one_that_was_written_last_holds() {
        // When
        replies.apply(List.of(said(ANI, "START", ago(30))));
        replies.apply(List.of(said(ANI, "STOP", ago(60))));
        replies.apply(List.of(said(BUDI, "STOP", ago(60))));
        replies.apply(List.of(said(BUDI, "STOP", ago(20))));
        replies.apply(List.of(said(BUDI, "START", ago(40))));

        // Then
        as(user, "viewer").get("/api/v1/suppressions").then().body("items.phone", contains(BUDI));

        // And
        replies.apply(List.of(said(ANI, "STOP", ago(10)), said(BUDI, "START", ago(10))));
        as(user, "viewer").get("/api/v1/suppressions").then().body("items.phone", contains(ANI));
    }

    @Test
    void a_start_that_is_taken_in_late_is_decided_when_it_was_written_and_by_no_clock_that_goes_ahead() {
        // Given
        Instant start = ago(1_800).truncatedTo(ChronoUnit.MICROS);
        replies.apply(List.of(said(ANI, "STOP", ago(3_600)), said(BUDI, "STOP", ago(3_600))));

        // When
        replies.apply(List.of(
                said(ANI, "START", start), said(BUDI, "START", Instant.now().plusSeconds(120))));

        // Then
        await().untilAsserted(() -> assertThat(told(BUDI)).hasSize(2));
        assertThat(told(ANI).getLast().deleted()).isTrue();
        assertThat(told(ANI).getLast().decidedAt()).isEqualTo(start);
        assertThat(told(BUDI).getLast().deleted()).isTrue();
        assertThat(told(BUDI).getLast().decidedAt()).isBetween(start, Instant.now());
    }

    @Test
    void an_operator_lifts_when_it_is_asked_for() {
        // Given
        suppress(ANI, 201);
        Instant asked = Instant.now().truncatedTo(ChronoUnit.MICROS);

        // When
        lift(ANI, 204);

        // Then
        await().untilAsserted(() -> assertThat(told(ANI)).hasSize(2));
        assertThat(told(ANI).getLast().decidedAt()).isBetween(asked, Instant.now());
    }

    @Test
    void a_start_by_a_clock_that_goes_ahead_keeps_no_later_stop_out() {
        // Given
        replies.apply(List.of(said(ANI, "START", Instant.now().plusSeconds(120))));

        // When
        replies.apply(List.of(said(ANI, "STOP", Instant.now())));

        // Then
        as(user, "viewer").get("/api/v1/suppressions").then().body("items.phone", contains(ANI));
    }

    @Test
    void a_start_from_before_an_operators_word_lifts_nothing_also_where_the_person_had_said_stop() {
        // Given
        replies.apply(List.of(said(ANI, "STOP", ago(60))));
        suppress(ANI, 200);
        suppress(BUDI, 201);

        // When
        replies.apply(List.of(said(ANI, "START", ago(30)), said(BUDI, "START", ago(30))));

        // Then
        as(user, "viewer").get("/api/v1/suppressions").then().body("items.phone", contains(ANI, BUDI));
    }

    @Test
    void a_reply_that_is_told_again_after_start_changes_nothing() {
        // Given
        InboundMessage stop = said(ANI, "STOP", Instant.now().minusSeconds(60));
        replies.apply(List.of(stop));
        replies.apply(List.of(said(ANI, "START", Instant.now().plusSeconds(1))));

        // When
        replies.apply(List.of(stop, stop));

        // Then
        as(user, "viewer").get("/api/v1/suppressions/" + ANI).then().statusCode(404);
    }

    @Test
    void nobody_is_let_go_while_being_erased() {
        // Given
        replies.apply(List.of(said(ANI, "STOP", Instant.now().minusSeconds(60))));
        operator(user)
                .body(Map.of("phone", ANI))
                .post("/api/v1/leads/person-erasures")
                .then()
                .statusCode(202);

        // When
        replies.apply(List.of(said(ANI, "START", Instant.now().plusSeconds(1))));

        // Then
        operator(user)
                .delete("/api/v1/suppressions/" + ANI)
                .then()
                .statusCode(409)
                .body("detail", containsString("being erased"));
        as(user, "viewer").get("/api/v1/suppressions/" + ANI).then().statusCode(200);
    }

    @Test
    void a_start_from_before_the_stop_and_one_after_an_operators_decision_lift_nothing() {
        // Given
        suppress(BUDI, 201);

        // When
        replies.apply(List.of(said(ANI, "STOP", Instant.now())));
        replies.apply(List.of(said(ANI, "START", Instant.now().minusSeconds(60))));
        replies.apply(List.of(said(BUDI, "START", Instant.now().plusSeconds(1))));

        // Then
        as(user, "viewer").get("/api/v1/suppressions").then().body("items.phone", contains(ANI, BUDI));
    }

    @Test
    void a_doubtful_reply_waits_for_an_operator_who_decides() {
        // Given
        replies.apply(List.of(
                said(ANI, "STOP 12345", Instant.now()),
                said(BUDI, "stop, o Zé não vem", Instant.now()),
                said(CITRA, "we have got to stop this bill", Instant.now())));
        List<String> ids = as(user, "viewer")
                .get("/api/v1/suppressions/doubtful")
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .extract()
                .path("items.findAll { it.phone == '" + ANI + "' }.id");

        // When
        operator(user)
                .post("/api/v1/suppressions/doubtful/" + ids.getFirst() + "/opt-out")
                .then()
                .statusCode(204);
        operator(user)
                .post("/api/v1/suppressions/doubtful/" + ids.getFirst() + "/dismiss")
                .then()
                .statusCode(404);

        // Then
        as(user, "viewer").get("/api/v1/suppressions").then().body("items.phone", contains(ANI));
        as(user, "viewer").get("/api/v1/suppressions/doubtful").then().body("items.phone", contains(BUDI));
        as(Cast.newUser(), "viewer").get("/api/v1/suppressions/doubtful").then().body("items", hasSize(0));
    }

    private void reply(String phone, String text, Instant at) {
        InboundMessage said = said(phone, text, at);
        publisher.publish(List.of(new OutboxRecord(Topic.INBOUND_MESSAGES, merah.toString(), said)));
    }

    private static Instant ago(int seconds) {
        return Instant.now().minusSeconds(seconds);
    }

    private InboundMessage said(String phone, String text, Instant at) {
        return new InboundMessage(
                UUID.randomUUID(), new UserId(user), merah, new PhoneNumber(phone), "Ani", "text", text, at);
    }

    private List<Suppression> told(String phone) {
        return cast.published(Topic.SUPPRESSIONS, user + ":" + phone, Suppression.class);
    }

    @Test
    void whoever_keeps_a_copy_reads_what_has_changed_since() {
        // Given
        String first = suppress(ANI, 201).extract().path("updated_at");
        String second = suppress(BUDI, 201).extract().path("updated_at");

        // When // Then
        assertThat(since(first)).containsExactly(ANI, BUDI);
        assertThat(since(second)).containsExactly(BUDI);
        assertThat(since("2100-01-01T00:00:00Z")).isEmpty();
        as(user, "viewer")
                .get("/api/v1/suppressions?updated_since=yesterday")
                .then()
                .statusCode(400)
                .body("violations.field", contains("updated_since"));
    }

    private List<String> since(String time) {
        return as(user, "viewer")
                .queryParam("updated_since", time)
                .get("/api/v1/suppressions")
                .then()
                .statusCode(200)
                .extract()
                .path("items.phone");
    }

    private ValidatableResponse suppress(String phone, int status) {
        return operator(user)
                .body(Json.write(Map.of("phone", phone, "reason", "asked by phone")))
                .post("/api/v1/suppressions")
                .then()
                .statusCode(status);
    }

    private void lift(String phone, int status) {
        operator(user).delete("/api/v1/suppressions/" + phone).then().statusCode(status);
    }

    private void optedOut(LeadId lead, boolean expected) {
        as(user, "viewer").get("/api/v1/leads/" + lead).then().body("opted_out", equalTo(expected));
    }
}
