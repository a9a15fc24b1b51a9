package io.siaran.campaign.planning;

import static io.siaran.campaign.Cast.as;
import static io.siaran.campaign.Cast.campaign;
import static io.siaran.campaign.Cast.operator;
import static io.siaran.campaign.Cast.trigger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.campaign.Cast;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.Json;
import io.siaran.model.MessageKind;
import io.siaran.model.Topic;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What becomes of a campaign besides its messages. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class CampaignLifeTest {

    @Inject
    Cast cast;

    @Inject
    Database database;

    private final String user = Cast.newUser();

    @Test
    void every_move_says_who_made_it_and_when() {
        // Given
        CampaignId campaign = campaign(user, Map.of());

        // When
        patch(campaign, Map.of("title", "Raya")).statusCode(200);
        move(campaign, "pause").statusCode(200);
        move(campaign, "resume").statusCode(200);
        trigger(user, campaign);
        patch(campaign, Map.of("campaign_date", "2031-01-31")).statusCode(200);
        move(campaign, "cancel").statusCode(200);

        // Then
        events(campaign)
                .body(
                        "items.event",
                        contains("cancelled", "planned_anew", "triggered", "resumed", "paused", "edited", "created"))
                .body("items.run", contains(2, 2, 1, 1, 1, 1, 1))
                .body("items.actor.unique()", contains(user));
        as(user, "viewer")
                .get("/api/v1/campaigns/" + campaign + "/events?limit=2")
                .then()
                .body("items", hasSize(2))
                .body("next_cursor", notNullValue());
        as(Cast.newUser(), "viewer")
                .get("/api/v1/campaigns/" + campaign + "/events")
                .then()
                .statusCode(404);
    }

    @Test
    void what_the_clock_does_nobody_did() {
        // Given
        CampaignId campaign = campaign(user, Map.of());
        trigger(user, campaign);
        get(campaign).body("triggered_at", notNullValue()).body("completed_at", nullValue());

        // When
        database.run(
                "UPDATE campaigns SET status = 'completed', completed_at = clock_timestamp() WHERE id = $1",
                campaign.value());

        // Then
        get(campaign).body("completed_at", notNullValue());
        patch(campaign, Map.of("campaign_date", "2031-01-31"))
                .statusCode(200)
                .body("triggered_at", nullValue())
                .body("completed_at", nullValue());
    }

    @Test
    void only_what_is_over_is_archived_and_then_listed_only_where_it_is_asked_for() {
        // Given
        CampaignId campaign = campaign(user, Map.of());
        move(campaign, "archive").statusCode(409);
        move(campaign, "cancel").statusCode(200);

        // When
        move(campaign, "archive").statusCode(200).body("archived_at", notNullValue());

        // Then
        list("").body("items", hasSize(0));
        list("?archived=true").body("items.id", contains(campaign.toString()));
        get(campaign).statusCode(200);
        move(campaign, "unarchive").statusCode(200).body("archived_at", nullValue());
        list("").body("items.id", contains(campaign.toString()));
    }

    @Test
    void a_clone_has_the_terms_of_the_first_but_for_what_is_said() {
        // Given
        CampaignId first = campaign(user, Map.of("min_delay_seconds", 3, "max_delay_seconds", 4));
        trigger(user, first);

        // When
        ValidatableResponse copy = operator(user)
                .body(Json.write(Map.of("title", "Again", "campaign_date", "2031-01-31")))
                .post("/api/v1/campaigns/" + first + "/clone")
                .then();

        // Then
        copy.statusCode(201)
                .body("id", not(equalTo(first.toString())))
                .body("title", equalTo("Again"))
                .body("min_delay_seconds", equalTo(3))
                .body("scheduled_at", equalTo("2031-01-31T02:00:00Z"))
                .body("status", equalTo("scheduled"))
                .body("run", equalTo(1));
        operator(Cast.newUser())
                .body("{}")
                .post("/api/v1/campaigns/" + first + "/clone")
                .then()
                .statusCode(404);
        operator(user)
                .body(Json.write(Map.of("campaign_date", "2020-01-01")))
                .post("/api/v1/campaigns/" + first + "/clone")
                .then()
                .statusCode(400)
                .body("violations.field", contains("campaign_date"));
    }

    @Test
    void the_next_occurrence_is_planned_once_when_this_one_is_triggered_until_the_rule_ends() {
        // Given
        CampaignId first = campaign(user, Map.of("repeat", "FREQ=WEEKLY;COUNT=2"));
        list("").body("items", hasSize(1));

        // When
        trigger(user, first);

        // Then
        String second = list("?repeat_of=" + first)
                .body("items", hasSize(1))
                .body("items[0].campaign_date", equalTo("2030-12-06"))
                .body("items[0].repeat", equalTo("FREQ=WEEKLY;COUNT=1"))
                .body("items[0].status", equalTo("scheduled"))
                .extract()
                .path("items[0].id");
        patch(first, Map.of("campaign_date", "2031-01-31")).statusCode(200);
        trigger(user, first);
        trigger(user, CampaignId.of(second));
        list("?repeat_of=" + first).body("items", hasSize(1));
    }

    @Test
    void a_series_ends_with_the_occurrence_that_is_cancelled_and_a_rule_that_cannot_be_read_is_refused() {
        // Given
        CampaignId first = campaign(user, Map.of("repeat", "FREQ=DAILY"));

        // When
        move(first, "cancel").statusCode(200);

        // Then
        list("").body("items", hasSize(1));
        operator(user)
                .body(Json.write(Cast.campaignBody(Map.of("repeat", "FREQ=YEARLY"))))
                .post("/api/v1/campaigns")
                .then()
                .statusCode(400)
                .body("violations.field", contains("repeat"));
    }

    @Test
    void a_test_goes_to_one_number_and_counts_nowhere() {
        // Given
        DeviceId merah = cast.device(user);
        CampaignId campaign = campaign(user, Map.of("anti_spam", "off", "check_numbers", false));
        Map<String, Object> to = Map.of("device_id", merah, "phone", "012-345 6701", "name", "Aina");

        // When
        String id = test(campaign, to).statusCode(202).extract().path("message_id");

        // Then
        await().untilAsserted(() -> assertThat(tests(merah)).hasSize(1));
        BroadcastMessage message = tests(merah).getFirst();
        assertThat(message.id().toString()).isEqualTo(id);
        assertThat(message.kind()).isEqualTo(MessageKind.TEST);
        assertThat(message.campaignId()).isEqualTo(campaign);
        assertThat(message.recipientPhone().digits()).isEqualTo(Cast.ANI);
        assertThat(message.recipientName()).isEqualTo("Aina");
        assertThat(message.checkNumber()).isFalse();
        assertThat(message.leadId()).isNull();
        get(campaign).body("status", equalTo("scheduled"));
    }

    @Test
    void a_test_that_is_asked_for_again_under_its_key_is_answered_and_not_sent_again_also_when_its_device_is_gone() {
        // Given
        DeviceId merah = cast.device(user);
        CampaignId campaign = campaign(user, Map.of());
        Map<String, Object> to = Map.of("device_id", merah, "phone", Cast.ANI);
        String first = test("key-1", campaign, to).statusCode(202).extract().path("message_id");

        // When
        database.run("UPDATE devices SET deleted = true WHERE id = $1", merah.value());

        // Then
        test("key-1", campaign, to)
                .statusCode(202)
                .header("Idempotency-Replayed", equalTo("true"))
                .body("message_id", equalTo(first));
        test("key-2", campaign, to).statusCode(400).body("violations.field", contains("device_id"));
        await().untilAsserted(() -> assertThat(tests(merah)).hasSize(1));
    }

    @Test
    void a_test_is_refused_with_the_field_that_is_wrong() {
        // Given
        DeviceId merah = cast.device(user);
        CampaignId campaign = campaign(user, Map.of());

        // Then
        test(campaign, Map.of("device_id", merah, "phone", "abc"))
                .statusCode(400)
                .body("violations.field", contains("phone"));
        test(campaign, Map.of("device_id", UUID.randomUUID(), "phone", Cast.ANI))
                .statusCode(400)
                .body("violations.field", contains("device_id"));
        operator(Cast.newUser())
                .body(Json.write(Map.of("device_id", merah, "phone", Cast.ANI)))
                .post("/api/v1/campaigns/" + campaign + "/test")
                .then()
                .statusCode(404);
        assertThat(tests(merah)).isEmpty();
    }

    private List<BroadcastMessage> tests(DeviceId device) {
        return cast.published(Topic.BROADCAST_MESSAGES, device, BroadcastMessage.class);
    }

    private ValidatableResponse test(String key, CampaignId campaign, Map<String, Object> to) {
        return operator(user)
                .header("Idempotency-Key", key)
                .body(Json.write(to))
                .post("/api/v1/campaigns/" + campaign + "/test")
                .then();
    }

    private ValidatableResponse test(CampaignId campaign, Map<String, Object> to) {
        return operator(user)
                .body(Json.write(to))
                .post("/api/v1/campaigns/" + campaign + "/test")
                .then();
    }

    private ValidatableResponse list(String query) {
        return as(user, "viewer").get("/api/v1/campaigns" + query).then().statusCode(200);
    }

    private ValidatableResponse events(CampaignId campaign) {
        return as(user, "viewer")
                .get("/api/v1/campaigns/" + campaign + "/events")
                .then()
                .statusCode(200);
    }

    private ValidatableResponse get(CampaignId campaign) {
        return as(user, "viewer").get("/api/v1/campaigns/" + campaign).then();
    }

    private ValidatableResponse patch(CampaignId campaign, Map<String, Object> body) {
        return operator(user)
                .body(Json.write(body))
                .patch("/api/v1/campaigns/" + campaign)
                .then();
    }

    private ValidatableResponse move(CampaignId campaign, String verb) {
        return operator(user).post("/api/v1/campaigns/" + campaign + "/" + verb).then();
    }
}
