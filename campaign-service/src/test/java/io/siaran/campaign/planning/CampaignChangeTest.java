package io.siaran.campaign.planning;

import static io.siaran.campaign.Cast.as;
import static io.siaran.campaign.Cast.campaign;
import static io.siaran.campaign.Cast.campaignBody;
import static io.siaran.campaign.Cast.operator;
import static io.siaran.campaign.Cast.trigger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.campaign.Cast;
import io.siaran.localstack.TestServers;
import io.siaran.model.CampaignId;
import io.siaran.model.Json;
import io.siaran.model.Plan;
import io.siaran.model.PlanStatus;
import io.siaran.model.Topic;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class CampaignChangeTest {

    private static final Map<String, Object> LATER = Map.of("campaign_date", "2031-01-31");

    @Inject
    Cast cast;

    @Inject
    Database database;

    private final String user = Cast.newUser();

    @Test
    void a_scheduled_campaign_is_changed_as_a_whole_and_its_plan_is_announced() {
        // Given
        CampaignId campaign = campaign(user, Map.of("send_until", "18:00"));

        // When
        put(campaign, campaignBody(Map.of("title", "Raya", "time_schedule", "11:30")))
                .statusCode(200)
                .body("title", equalTo("Raya"))
                .body("send_until", nullValue())
                .body("scheduled_at", equalTo("2030-11-29T03:30:00Z"))
                .body("run", equalTo(1));

        // Then
        await().untilAsserted(() ->
                assertThat(plans(campaign)).extracting(Plan::title).endsWith("Raya"));
    }

    @Test
    void what_get_answers_can_be_put_and_changes_nothing() {
        // Given
        CampaignId campaign = campaign(user, Map.of("min_delay_seconds", 5, "max_delay_seconds", 9));
        Map<String, Object> answered = get(campaign).extract().as(MAP);

        // When
        put(campaign, answered).statusCode(200);

        // Then
        assertThat(get(campaign).extract().as(MAP)).isEqualTo(answered);
    }

    @Test
    void a_patch_changes_what_it_names_and_null_clears_what_may_be_cleared() {
        // Given
        CampaignId campaign = campaign(
                user,
                Map.of(
                        "send_until",
                        "18:00",
                        "anti_spam",
                        "off",
                        "check_numbers",
                        true,
                        "late_policy",
                        "fail",
                        "target_status",
                        "customer"));
        Map<String, Object> patch = new HashMap<>(Map.of("message", "Hello"));
        for (String cleared : List.of("send_until", "anti_spam", "check_numbers", "late_policy")) {
            patch.put(cleared, null);
        }

        // Then
        patch(campaign, patch)
                .statusCode(200)
                .body("message", equalTo("Hello"))
                .body("send_until", nullValue())
                .body("anti_spam", nullValue())
                .body("check_numbers", nullValue())
                .body("late_policy", equalTo("send"))
                .body("target_status", equalTo("customer"));
        patch(campaign, nothing("niche")).statusCode(400).body("violations.field", contains("niche"));
        patch(campaign, nothing("campaign_date")).statusCode(400).body("violations.field", contains("campaign_date"));
        patch(campaign, Map.of("nische", "x")).statusCode(400).body("violations.field", contains("nische"));
    }

    @Test
    void once_triggered_other_people_need_another_time() {
        // Given
        CampaignId campaign = campaign(user, Map.of());
        trigger(user, campaign);

        // Then
        patch(campaign, Map.of("niche", "food"))
                .statusCode(409)
                .body("detail", containsString("together with its date or time"));
        patch(campaign, LATER)
                .statusCode(200)
                .body("status", equalTo("scheduled"))
                .body("run", equalTo(2))
                .body("scheduled_at", equalTo("2031-01-31T02:00:00Z"));
        await().untilAsserted(
                        () -> assertThat(plans(campaign)).extracting(Plan::run).endsWith(2));
        assertThat(plans(campaign)).extracting(Plan::version).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void a_paused_one_that_was_triggered_stays_paused_under_its_next_run() {
        // Given
        CampaignId campaign = campaign(user, Map.of());
        trigger(user, campaign);
        move(campaign, "pause");

        // Then
        patch(campaign, LATER).statusCode(200).body("status", equalTo("paused")).body("run", equalTo(2));
        move(campaign, "resume");
        assertThat(Cast.status(user, campaign)).isEqualTo("scheduled");
    }

    @Test
    void one_that_missed_its_window_is_planned_again_under_the_same_run() {
        // Given
        CampaignId campaign = campaign(user, Map.of());
        database.run(
                "UPDATE campaigns SET status = 'failed', status_reason = 'missed_window' WHERE id = $1",
                campaign.value());

        // Then
        patch(campaign, Map.of("title", "x")).statusCode(409);
        patch(campaign, LATER)
                .statusCode(200)
                .body("status", equalTo("scheduled"))
                .body("status_reason", nullValue())
                .body("run", equalTo(1));
    }

    @Test
    void a_cancelled_one_is_not_changed() {
        // Given
        CampaignId campaign = campaign(user, Map.of());
        move(campaign, "cancel");

        // Then
        patch(campaign, LATER).statusCode(409);
    }

    @Test
    void a_deleted_one_is_gone_and_its_plan_says_so() {
        // Given
        CampaignId campaign = campaign(user, Map.of());

        // When
        operator(user).delete("/api/v1/campaigns/" + campaign).then().statusCode(204);

        // Then
        get(campaign).statusCode(404);
        operator(user).delete("/api/v1/campaigns/" + campaign).then().statusCode(404);
        operator(user).get("/api/v1/campaigns/" + campaign + "/report").then().statusCode(404);
        as(user, "viewer").get("/api/v1/campaigns").then().body("items", hasSize(0));
        await().untilAsserted(() ->
                assertThat(plans(campaign)).extracting(Plan::deleted).containsExactly(false, true));
        assertThat(plans(campaign).getLast().status()).isEqualTo(PlanStatus.CANCELLED);
    }

    @Test
    void strangers_and_viewers_change_nothing() {
        // Given
        CampaignId campaign = campaign(user, Map.of());
        String path = "/api/v1/campaigns/" + campaign;
        String stranger = Cast.newUser();

        // Then
        operator(stranger).body(Json.write(LATER)).patch(path).then().statusCode(404);
        operator(stranger)
                .body(Json.write(campaignBody(Map.of())))
                .put(path)
                .then()
                .statusCode(404);
        operator(stranger).delete(path).then().statusCode(404);
        as(user, "viewer").delete(path).then().statusCode(403);
    }

    @Test
    void saving_warns_of_an_empty_audience_and_of_a_time_that_has_passed() {
        // Given
        Map<String, Object> body = campaignBody(Map.of(
                "time_zone", "UTC",
                "time_schedule", "00:00",
                "campaign_date", LocalDate.now(ZoneOffset.UTC).toString()));

        // Then
        post(body).statusCode(201).body("warnings.code", contains("date_in_past", "empty_audience"));
        Cast.lead(user, cast.device(user), Cast.ANI);
        post(campaignBody(Map.of())).statusCode(201).body("warnings", hasSize(0));
        post(campaignBody(Map.of("target_status", "customer")))
                .statusCode(201)
                .body("warnings.code", contains("empty_audience"));
    }

    /** The campaign's day is a Friday. */
    @Test
    void saving_warns_where_no_hour_to_send_comes_before_the_messages_expire() {
        // Given
        Cast.lead(user, cast.device(user), Cast.ANI);

        // Then
        post(campaignBody(Map.of("weekdays", "SU", "expire_after", "PT6H")))
                .statusCode(201)
                .body("warnings.code", contains("never_in_hours"))
                .body("warnings.field", contains("weekdays"));
        post(campaignBody(Map.of("send_from", "18:00", "expire_after", "PT8H")))
                .statusCode(201)
                .body("warnings.field", contains("expire_after"));
        post(campaignBody(Map.of("send_from", "18:00", "expire_after", "PT9H")))
                .statusCode(201)
                .body("warnings", hasSize(0));
        post(campaignBody(Map.of("weekdays", "SU", "expire_after", "none")))
                .statusCode(201)
                .body("warnings", hasSize(0));
        post(campaignBody(Map.of("weekdays", "FR", "expire_after", "PT1H")))
                .statusCode(201)
                .body("warnings", hasSize(0));
    }

    private ValidatableResponse post(Map<String, Object> body) {
        return operator(user).body(Json.write(body)).post("/api/v1/campaigns").then();
    }

    private ValidatableResponse get(CampaignId campaign) {
        return as(user, "viewer").get("/api/v1/campaigns/" + campaign).then();
    }

    private ValidatableResponse put(CampaignId campaign, Map<String, Object> body) {
        return operator(user)
                .body(Json.write(body))
                .put("/api/v1/campaigns/" + campaign)
                .then();
    }

    private ValidatableResponse patch(CampaignId campaign, Map<String, Object> body) {
        return operator(user)
                .body(Json.write(body))
                .patch("/api/v1/campaigns/" + campaign)
                .then();
    }

    private void move(CampaignId campaign, String move) {
        operator(user).post("/api/v1/campaigns/" + campaign + "/" + move).then().statusCode(200);
    }

    private List<Plan> plans(CampaignId campaign) {
        return cast.published(Topic.PLANS, campaign, Plan.class);
    }

    private static Map<String, Object> nothing(String field) {
        Map<String, Object> patch = new HashMap<>();
        patch.put(field, null);
        return patch;
    }

    private static final io.restassured.common.mapper.TypeRef<Map<String, Object>> MAP =
            new io.restassured.common.mapper.TypeRef<>() {};
}
