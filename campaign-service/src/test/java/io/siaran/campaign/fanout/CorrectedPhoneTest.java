package io.siaran.campaign.fanout;

import static io.siaran.campaign.Cast.ANI;
import static io.siaran.campaign.Cast.BUDI;
import static io.siaran.campaign.Cast.CITRA;
import static io.siaran.campaign.Cast.lead;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.campaign.Cast;
import io.siaran.campaign.fanout.FanOutScene.Holder;
import io.siaran.campaign.planning.AudienceLead;
import io.siaran.localstack.TestServers;
import io.siaran.model.Attributes;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.Json;
import io.siaran.model.LeadId;
import io.siaran.model.LeadSnapshot;
import io.siaran.model.MessageId;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Topic;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A lead that gets another phone while a campaign is under way: its queued message follows, and nobody is written to twice. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class CorrectedPhoneTest {

    @Inject
    Cast cast;

    @Inject
    FanOutScene scene;

    private final String user = Cast.newUser();
    private DeviceId merah;
    private DeviceId biru;

    @BeforeEach
    void link() {
        merah = cast.device(user);
        biru = cast.device(user);
    }

    @Test
    void a_message_that_would_follow_to_a_phone_that_is_reached_already_is_withdrawn() {
        // Given
        lead(user, merah, ANI);
        LeadId budi = lead(user, biru, BUDI);
        CampaignId campaign = published(Map.of());

        // When
        patch(budi, Map.of("phone", ANI));

        // Then
        await().untilAsserted(() -> assertThat(cast.withdrawn(biru)).containsExactly(messageOf(budi, campaign)));
    }

    /** The two topics may lag each other; and a compacted topic keeps the last snapshot of a lead only. */
    @Test
    void whoever_hears_of_the_corrected_phone_hears_which_message_must_not_follow_to_it() {
        // Given
        lead(user, merah, ANI);
        LeadId budi = lead(user, biru, BUDI);
        CampaignId campaign = published(Map.of());
        MessageId message = messageOf(budi, campaign);

        // When
        patch(budi, Map.of("phone", ANI));
        patch(budi, Map.of("name", "Budi"));

        // Then
        await().untilAsserted(() -> assertThat(snapshots(budi)).hasSize(3));
        assertThat(snapshots(budi))
                .extracting(LeadSnapshot::withdrawn)
                .containsExactly(List.of(), List.of(message), List.of(message));
    }

    @Test
    void a_message_that_follows_to_a_phone_of_nobody_else_stays_and_its_phone_is_taken() {
        // Given
        LeadId ani = lead(user, merah, ANI);
        LeadId twin = lead(user, Map.of("device_id", biru, "phone", CITRA, "niche", "food"));
        CampaignId campaign = published(Map.of());

        // When
        patch(ani, Map.of("phone", CITRA));
        patch(twin, Map.of("niche", "ecommerce"));
        scene.goOnAfter(ani, campaign);

        // Then
        assertThat(cast.published(campaign))
                .extracting(BroadcastMessage::leadId)
                .containsExactly(ani);
        assertThat(cast.withdrawn(merah)).isEmpty();
    }

    @Test
    void where_each_lead_is_written_to_a_corrected_phone_withdraws_nothing() {
        // Given
        lead(user, merah, ANI);
        LeadId budi = lead(user, biru, BUDI);
        CampaignId each = published(Map.of("duplicate_phones", "each"));
        CampaignId over = published(Map.of());
        Cast.operator(user).post("/api/v1/campaigns/" + over + "/cancel").then().statusCode(200);
        CampaignId once = published(Map.of());

        // When
        patch(budi, Map.of("phone", ANI));

        // Then
        await().untilAsserted(() -> assertThat(cast.withdrawn(biru)).isNotEmpty());
        assertThat(cast.withdrawn(biru)).containsExactly(messageOf(budi, once)).doesNotContain(messageOf(budi, each));
    }

    @Test
    void a_page_that_was_read_before_a_phone_has_changed_notes_nobody() {
        // Given
        LeadId ani = lead(user, merah, ANI);
        CampaignId campaign = published(Map.of());
        Holder holder = scene.holder(campaign);
        List<AudienceLead> page =
                List.of(new AudienceLead(ani, merah, new PhoneNumber(ANI), "Ani", Attributes.NONE, 1));

        // When
        patch(ani, Map.of("phone", CITRA));

        // Then
        assertThat(holder.notes(page)).isEmpty();
        assertThat(holder.afterOneMore().notes(page)).isPresent();
    }

    @Test
    void whoever_has_the_new_phone_of_a_lead_that_was_reached_is_left_out() {
        // Given
        LeadId ani = lead(user, merah, ANI);
        CampaignId campaign = published(Map.of());
        LeadId citra = lead(user, biru, CITRA);
        Holder holder = scene.holder(campaign);

        // When
        patch(ani, Map.of("phone", CITRA));

        // Then
        List<AudienceLead> page =
                List.of(new AudienceLead(citra, biru, new PhoneNumber(CITRA), null, Attributes.NONE, 1));
        assertThat(holder.afterOneMore().notes(page)).contains(Set.of(citra));
    }

    @Test
    void a_person_who_was_reached_through_a_lead_that_is_deleted_is_not_reached_through_another_one() {
        // Given
        LeadId ani = lead(user, merah, ANI);
        LeadId twin = lead(user, Map.of("device_id", biru, "phone", ANI, "niche", "food"));
        CampaignId campaign = published(Map.of());

        // When
        Cast.operator(user).delete("/api/v1/leads/" + ani).then().statusCode(204);
        patch(twin, Map.of("niche", "ecommerce"));
        scene.goOnAfter(ani, campaign);

        // Then
        assertThat(cast.published(campaign))
                .extracting(BroadcastMessage::leadId)
                .containsExactly(ani);
        why(twin, campaign).body("reason", equalTo("duplicate_phone")).body("written_through", equalTo(ani.toString()));
    }

    @Test
    void whose_message_was_taken_back_reaches_none_of_the_phones_that_it_gets_afterwards() {
        // Given
        LeadId ani = lead(user, merah, ANI);
        lead(user, biru, BUDI);
        LeadId citra = lead(user, cast.device(user), CITRA);
        CampaignId campaign = published(Map.of());
        patch(ani, Map.of("phone", BUDI));
        patch(ani, Map.of("phone", CITRA));

        // When
        ValidatableResponse corrected = patch(citra, Map.of("phone", BUDI));

        // Then
        corrected.body("warnings.code", contains("message_taken_back"));
        why(citra, campaign).body("reason", equalTo("taken_back"));
    }

    @Test
    void who_has_the_phone_of_a_lead_whose_message_was_taken_back_is_still_written_to() {
        // Given
        LeadId ani = lead(user, merah, ANI);
        lead(user, biru, BUDI);
        LeadId citra = lead(user, Map.of("device_id", cast.device(user), "phone", CITRA, "niche", "food"));
        CampaignId campaign = published(Map.of());
        patch(ani, Map.of("phone", BUDI));
        patch(ani, Map.of("phone", CITRA));

        // When
        patch(citra, Map.of("niche", "ecommerce"));
        scene.goOnAfter(ani, campaign);

        // Then
        assertThat(cast.published(campaign))
                .extracting(BroadcastMessage::leadId)
                .contains(citra);
    }

    /** As after a crash, or when a topic was lost. */
    @Test
    void so_it_is_where_the_page_of_the_lead_is_read_again() {
        // Given
        LeadId ani = lead(user, merah, ANI);
        lead(user, biru, BUDI);
        LeadId citra = lead(user, Map.of("device_id", cast.device(user), "phone", CITRA, "niche", "food"));
        CampaignId campaign = published(Map.of());
        patch(ani, Map.of("phone", BUDI));
        patch(ani, Map.of("phone", CITRA));

        // When
        patch(citra, Map.of("niche", "ecommerce"));
        scene.fromTheBeginning(campaign);

        // Then
        assertThat(cast.published(campaign))
                .filteredOn(message -> message.recipientPhone().digits().equals(CITRA))
                .extracting(BroadcastMessage::leadId)
                .containsOnly(citra);
    }

    @Test
    void whose_message_was_taken_back_is_not_written_to_under_another_phone_when_the_page_is_read_again() {
        // Given
        LeadId ani = lead(user, merah, ANI);
        LeadId budi = lead(user, biru, BUDI);
        CampaignId campaign = published(Map.of());
        patch(ani, Map.of("phone", BUDI));
        patch(ani, Map.of("phone", CITRA));

        // When
        scene.fromTheBeginning(campaign);

        // Then
        assertThat(cast.published(campaign))
                .extracting(
                        BroadcastMessage::leadId,
                        message -> message.recipientPhone().digits())
                .containsExactlyInAnyOrder(tuple(ani, ANI), tuple(budi, BUDI), tuple(budi, BUDI));
    }

    /** The run of the new text begins when the campaign goes on. */
    @Test
    void a_phone_that_is_corrected_between_another_text_and_its_run_is_noted_for_the_plan() {
        // Given
        LeadId ani = lead(user, merah, ANI);
        LeadId twin = lead(user, biru, ANI);
        CampaignId campaign = published(Map.of());
        post(campaign, "pause");
        giveAnotherText(campaign);

        // When
        patch(ani, Map.of("phone", CITRA));
        post(campaign, "resume");
        await().until(() -> cast.published(campaign).stream().anyMatch(CorrectedPhoneTest::isEdited));
        await().until(() -> cast.fanOutsHaveEnded(campaign));

        // Then
        assertThat(cast.published(campaign))
                .extracting(BroadcastMessage::leadId)
                .doesNotContain(twin);
        assertThat(cast.published(campaign))
                .filteredOn(CorrectedPhoneTest::isEdited)
                .extracting(message -> message.recipientPhone().digits())
                .containsExactly(CITRA);
    }

    @Test
    void whose_fan_out_another_one_holds_by_now_notes_nobody() {
        // Given
        LeadId ani = lead(user, merah, ANI);
        CampaignId campaign = published(Map.of());
        Holder holder = scene.holder(campaign);
        List<AudienceLead> page =
                List.of(new AudienceLead(ani, merah, new PhoneNumber(ANI), "Ani", Attributes.NONE, 1));
        assertThat(holder.notes(page)).isPresent();

        // When
        scene.holder(campaign);

        // Then
        assertThat(holder.holds()).isFalse();
        assertThat(holder.notes(page)).isEmpty();
    }

    /** The lead is noted under the phone that it had: that is no leave to write to the one it has now. */
    @Test
    void another_text_does_not_reach_a_person_through_two_leads_after_a_phone_was_corrected() {
        // Given
        LeadId ani = lead(user, merah, ANI);
        lead(user, biru, ANI);
        LeadId budi = lead(user, biru, BUDI);
        CampaignId campaign = published(Map.of());
        patch(ani, Map.of("phone", BUDI));

        // When
        edit(campaign);

        // Then
        assertThat(cast.published(campaign))
                .filteredOn(CorrectedPhoneTest::isEdited)
                .filteredOn(message -> message.recipient().phone().digits().equals(BUDI))
                .extracting(BroadcastMessage::leadId)
                .containsExactly(budi);
    }

    @Test
    void two_leads_that_swap_their_phones_are_told_to_lose_their_messages() {
        // Given
        LeadId ani = lead(user, merah, ANI);
        LeadId budi = lead(user, biru, BUDI);
        CampaignId campaign = published(Map.of());

        // When
        ValidatableResponse first = patch(ani, Map.of("phone", BUDI));
        ValidatableResponse second = patch(budi, Map.of("phone", ANI));

        // Then
        first.body("warnings.code", contains("message_taken_back")).body("warnings.field", contains("phone"));
        second.body("warnings.code", contains("message_taken_back"));
        why(ani, campaign).body("reason", equalTo("taken_back")).body("written_through", equalTo(budi.toString()));
        why(budi, campaign)
                .body("reason", equalTo("taken_back"))
                .body("message_id", equalTo(messageOf(budi, campaign).toString()));
    }

    @Test
    void a_message_that_was_taken_back_stays_so_whatever_becomes_of_the_lead() {
        // Given
        LeadId ani = lead(user, merah, ANI);
        lead(user, biru, BUDI);
        CampaignId campaign = published(Map.of());
        patch(ani, Map.of("phone", BUDI));
        patch(ani, Map.of("phone", ANI));

        // When
        patch(ani, Map.of("niche", "food"));

        // Then
        why(ani, campaign)
                .body("verdict", equalTo("left_out"))
                .body("reason", equalTo("taken_back"))
                .body("message_id", equalTo(messageOf(ani, campaign).toString()));
    }

    @Test
    void a_correction_that_is_undone_says_that_the_message_stays_taken_back_and_another_text_brings_the_next_one() {
        // Given
        LeadId ani = lead(user, merah, ANI);
        lead(user, biru, BUDI);
        CampaignId campaign = published(Map.of());
        patch(ani, Map.of("phone", BUDI));

        // When
        ValidatableResponse undone = patch(ani, Map.of("phone", ANI));
        patch(ani, Map.of("name", "Ani")).body("warnings", empty());

        // Then
        undone.body("warnings.code", contains("message_taken_back"));
        why(ani, campaign).body("reason", equalTo("taken_back")).body("written_through", nullValue());
        edit(campaign);
        assertThat(cast.published(campaign))
                .filteredOn(CorrectedPhoneTest::isEdited)
                .extracting(BroadcastMessage::leadId)
                .contains(ani);
        why(ani, campaign).body("verdict", equalTo("written_to"));
        patch(ani, Map.of("phone", CITRA)).body("warnings", empty());
    }

    /** Whether the earlier message had gone to that phone by then only the queue knows, and looks (EarlierRunTest). */
    @Test
    void the_owner_of_a_number_that_was_mistyped_elsewhere_is_left_out_until_the_campaign_is_planned_anew() {
        // Given
        LeadId ani = lead(user, merah, BUDI);
        LeadId budi = lead(user, biru, BUDI);
        CampaignId campaign = published(Map.of());
        patch(ani, Map.of("phone", ANI));
        why(budi, campaign).body("reason", equalTo("duplicate_phone")).body("written_through", equalTo(ani.toString()));

        // When
        Cast.operator(user)
                .body(Json.write(Map.of("campaign_date", "2031-01-31")))
                .patch("/api/v1/campaigns/" + campaign)
                .then()
                .statusCode(200);
        Cast.trigger(user, campaign);
        await().until(() -> cast.published(campaign).stream().anyMatch(message -> message.run() == 2));
        await().until(() -> cast.fanOutsHaveEnded(campaign));

        // Then
        assertThat(cast.published(campaign))
                .filteredOn(message -> message.run() == 2)
                .extracting(
                        BroadcastMessage::leadId,
                        message -> message.recipientPhone().digits())
                .containsExactlyInAnyOrder(tuple(ani, ANI), tuple(budi, BUDI));
    }

    @Test
    void who_publishes_an_earlier_text_notes_nobody_once_there_is_another() {
        // Given
        LeadId ani = lead(user, merah, ANI);
        CampaignId campaign = published(Map.of());
        Holder holder = scene.holder(campaign);
        List<AudienceLead> page =
                List.of(new AudienceLead(ani, merah, new PhoneNumber(CITRA), "Ani", Attributes.NONE, 1));
        assertThat(holder.notes(List.of())).isPresent();

        // When
        changeText(campaign);

        // Then
        assertThat(holder.holds()).isFalse();
        assertThat(holder.notes(page)).isEmpty();
    }

    private ValidatableResponse why(LeadId lead, CampaignId campaign) {
        return Cast.as(user, "viewer")
                .get("/api/v1/leads/" + lead + "/why?campaign_id=" + campaign)
                .then()
                .statusCode(200);
    }

    private void post(CampaignId campaign, String action) {
        Cast.operator(user)
                .post("/api/v1/campaigns/" + campaign + "/" + action)
                .then()
                .statusCode(200);
    }

    private void edit(CampaignId campaign) {
        changeText(campaign);
        await().until(() -> cast.fanOutsHaveEnded(campaign));
    }

    private void changeText(CampaignId campaign) {
        giveAnotherText(campaign);
        await().until(() -> cast.published(campaign).stream().anyMatch(CorrectedPhoneTest::isEdited));
    }

    private void giveAnotherText(CampaignId campaign) {
        Cast.operator(user)
                .body(Json.write(Map.of("message", "Only 30% now")))
                .patch("/api/v1/campaigns/" + campaign)
                .then()
                .statusCode(200);
    }

    private static boolean isEdited(BroadcastMessage message) {
        return message.content().text().startsWith("Only 30%");
    }

    private CampaignId published(Map<String, Object> terms) {
        return scene.published(user, terms);
    }

    private MessageId messageOf(LeadId lead, CampaignId campaign) {
        return cast.published(campaign).stream()
                .filter(message -> lead.equals(message.leadId()))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private List<LeadSnapshot> snapshots(LeadId lead) {
        return cast.published(Topic.LEADS, lead, LeadSnapshot.class);
    }

    private ValidatableResponse patch(LeadId lead, Map<String, Object> changes) {
        return Cast.patch(user, lead, changes);
    }
}
