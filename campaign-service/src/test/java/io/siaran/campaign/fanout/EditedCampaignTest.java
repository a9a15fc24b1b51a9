package io.siaran.campaign.fanout;

import static io.siaran.campaign.Cast.ANI;
import static io.siaran.campaign.Cast.BUDI;
import static io.siaran.campaign.Cast.campaign;
import static io.siaran.campaign.Cast.lead;
import static io.siaran.campaign.Cast.trigger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

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
import io.siaran.model.LeadId;
import io.siaran.model.Plan;
import io.siaran.model.Topic;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another text for a campaign that has begun: the next run, with the time and the recipients of the one before. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class EditedCampaignTest {

    @Inject
    Cast cast;

    @Inject
    Database database;

    private final String user = Cast.newUser();
    private DeviceId merah;
    private DeviceId biru;

    @BeforeEach
    void link() {
        merah = cast.device(user);
        biru = cast.device(user);
    }

    @Test
    void a_new_text_goes_to_the_same_people_at_the_same_time_under_the_next_run() {
        // Given
        LeadId ani = lead(user, merah, ANI);
        CampaignId campaign = published();
        BroadcastMessage before = cast.published(campaign).getFirst();
        lead(user, merah, BUDI);

        // When
        patch(campaign, Map.of("message", "Only 30% now", "min_delay_seconds", 1, "max_delay_seconds", 2))
                .statusCode(200)
                .body("run", equalTo(2))
                .body("status", equalTo("triggered"));
        ended(campaign, 2);

        // Then
        List<BroadcastMessage> after = cast.published(campaign).stream()
                .filter(message -> message.run() == 2)
                .toList();
        assertThat(after).extracting(BroadcastMessage::leadId).containsExactly(ani);
        assertThat(after.getFirst().message()).isEqualTo("Only 30% now");
        assertThat(after.getFirst().maxDelay()).isEqualTo(2);
        assertThat(after.getFirst().scheduledAt()).isEqualTo(before.scheduledAt());
        await().untilAsserted(() -> assertThat(cast.published(Topic.PLANS, campaign, Plan.class))
                .extracting(Plan::run)
                .endsWith(2));
    }

    @Test
    void who_was_reached_through_one_lead_is_not_reached_through_another_by_the_next_text() {
        // Given
        LeadId first = lead(user, merah, ANI);
        LeadId twin = lead(user, biru, ANI);
        CampaignId campaign = published();

        // When
        Cast.operator(user).delete("/api/v1/leads/" + first).then().statusCode(204);
        patch(campaign, Map.of("message", "Only 30% now")).statusCode(200);
        ended(campaign, 2);

        // Then
        assertThat(cast.published(campaign))
                .extracting(BroadcastMessage::leadId)
                .containsExactly(first)
                .doesNotContain(twin);
    }

    @Test
    void what_no_message_carries_begins_no_run_and_other_people_are_refused() {
        // Given
        lead(user, merah, ANI);
        CampaignId campaign = published();

        // Then
        patch(campaign, Map.of("title", "Raya")).statusCode(200).body("run", equalTo(1));
        patch(campaign, Map.of("niche", "food"))
                .statusCode(409)
                .body("detail", containsString("whom a campaign reaches"));
        patch(campaign, Map.of("duplicate_phones", "each")).statusCode(409);
        patch(campaign, Map.of("repeat", "FREQ=DAILY")).statusCode(409);
        events(campaign).body("items.event", contains("edited", "triggered", "created"));
    }

    @Test
    void one_that_is_over_keeps_its_text_and_a_paused_one_goes_on_with_the_new_text() {
        // Given
        lead(user, merah, ANI);
        CampaignId over = published();
        database.run(
                "UPDATE campaigns SET status = 'completed', completed_at = clock_timestamp() WHERE id = $1",
                over.value());
        CampaignId paused = published();
        move(paused, "pause");

        // When
        patch(over, Map.of("message", "Hello")).statusCode(409).body("detail", containsString("another date or time"));
        patch(paused, Map.of("message", "Hello")).statusCode(200).body("status", equalTo("paused"));
        move(paused, "resume");
        ended(paused, 2);

        // Then
        assertThat(cast.published(paused))
                .filteredOn(message -> message.run() == 2)
                .extracting(BroadcastMessage::message)
                .containsExactly("Hello");
        events(paused).body("items.event", contains("resumed", "edited", "paused", "triggered", "created"));
    }

    /** Each is a fan-out of its own. */
    @Test
    void a_campaign_that_has_begun_has_at_most_twenty_texts() {
        // Given
        lead(user, merah, ANI);
        CampaignId campaign = published();
        database.run("UPDATE campaigns SET run = 19 WHERE id = $1", campaign.value());

        // When
        patch(campaign, Map.of("message", "the twentieth")).statusCode(200).body("run", equalTo(20));

        // Then
        patch(campaign, Map.of("message", "one more"))
                .statusCode(409)
                .body("detail", containsString("at most 20 texts"));
        patch(campaign, Map.of("title", "Raya")).statusCode(200).body("run", equalTo(20));
        patch(campaign, Map.of("campaign_date", "2031-01-31")).statusCode(200).body("run", equalTo(21));
    }

    @Test
    void the_report_says_how_many_got_which_text() {
        // Given
        lead(user, merah, ANI);
        CampaignId campaign = published();
        progress(campaign, 1, 3, 2, 1);
        patch(campaign, Map.of("message", "Only 30% now")).statusCode(200);
        progress(campaign, 2, 3, 1, 2);

        // Then
        Cast.as(user, "viewer")
                .get("/api/v1/campaigns/" + campaign + "/report")
                .then()
                .statusCode(200)
                .body("versions.run", contains(1, 2))
                .body("versions.sent", contains(2, 1));
    }

    private void progress(CampaignId campaign, int run, long stored, long sent, long cancelled) {
        database.run(
                "INSERT INTO campaign_progress (campaign_id, run, device_id, user_id, version, stored, pending, processing,"
                        + " sent, failed, cancelled, unknown, delivered, read)"
                        + " VALUES ($1, $2, $3, $4, 1, $5, 0, 0, $6, 0, $7, 0, 0, 0)",
                campaign.value(),
                run,
                merah.value(),
                user,
                stored,
                sent,
                cancelled);
    }

    private CampaignId published() {
        CampaignId campaign = campaign(user, Map.of());
        trigger(user, campaign);
        ended(campaign, 1);
        return campaign;
    }

    private void ended(CampaignId campaign, int run) {
        await().until(() -> database.run(
                                "SELECT FROM fanouts WHERE campaign_id = $1 AND run = $2 AND ended_at IS NOT NULL",
                                campaign.value(),
                                run)
                        .rowCount()
                == 1);
    }

    private ValidatableResponse patch(CampaignId campaign, Map<String, Object> changes) {
        return Cast.operator(user)
                .body(Json.write(changes))
                .patch("/api/v1/campaigns/" + campaign)
                .then();
    }

    private ValidatableResponse events(CampaignId campaign) {
        return Cast.as(user, "viewer")
                .get("/api/v1/campaigns/" + campaign + "/events")
                .then()
                .statusCode(200);
    }

    private void move(CampaignId campaign, String move) {
        Cast.operator(user)
                .post("/api/v1/campaigns/" + campaign + "/" + move)
                .then()
                .statusCode(200);
    }
}
