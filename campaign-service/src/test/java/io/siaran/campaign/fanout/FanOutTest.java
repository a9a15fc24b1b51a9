package io.siaran.campaign.fanout;

import static io.siaran.campaign.Cast.ANI;
import static io.siaran.campaign.Cast.BUDI;
import static io.siaran.campaign.Cast.CITRA;
import static io.siaran.campaign.Cast.campaign;
import static io.siaran.campaign.Cast.lead;
import static io.siaran.campaign.Cast.trigger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
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
import io.siaran.model.DeviceStatus;
import io.siaran.model.Json;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.model.MessageKind;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages hold three leads here. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class FanOutTest {

    @Inject
    Cast cast;

    @Inject
    Database database;

    @Inject
    FanOut fanOut;

    @Inject
    FanOutStore store;

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
    void every_matching_lead_gets_one_message_from_its_own_device() {
        // Given
        Set<LeadId> leads = new HashSet<>();
        IntStream.range(0, 10).forEach(i -> leads.add(lead(user, i % 2 == 0 ? merah : biru, Cast.phone(i))));

        // When
        List<BroadcastMessage> messages = fanOut(Map.of("target_status", "prospect"));

        // Then
        assertThat(messages).extracting(BroadcastMessage::leadId).containsExactlyInAnyOrderElementsOf(leads);
        assertThat(messages).extracting(BroadcastMessage::id).doesNotHaveDuplicates();
        assertThat(messages)
                .filteredOn(message -> message.deviceId().equals(merah))
                .hasSize(5);
    }

    @Test
    void a_message_says_all_that_the_campaign_says() {
        // Given
        LeadId ani = lead(
                user,
                Map.of(
                        "device_id",
                        merah,
                        "phone",
                        ANI,
                        "name",
                        "D'Cruz",
                        "niche",
                        "ecommerce",
                        "attributes",
                        Map.of("plan", "gold")));

        // When
        Instant before = Instant.now();
        BroadcastMessage message = fanOut(Map.of(
                        "min_delay_seconds",
                        2,
                        "max_delay_seconds",
                        4,
                        "anti_spam",
                        "greeting",
                        "check_numbers",
                        true,
                        "expire_after",
                        "PT6H",
                        "image_url",
                        "https://example.com/a.png"))
                .getFirst();

        // Then
        assertThat(message.leadId()).isEqualTo(ani);
        assertThat(message.kind()).isEqualTo(MessageKind.CAMPAIGN);
        assertThat(message.run()).isEqualTo(1);
        assertThat(message.recipientName()).isEqualTo("D'Cruz");
        assertThat(message.recipientPhone().digits()).isEqualTo(ANI);
        assertThat(message.attributes().of("plan")).contains("gold");
        assertThat(message.leadVersion()).isEqualTo(1);
        assertThat(message.minDelay()).isEqualTo(2);
        assertThat(message.maxDelay()).isEqualTo(4);
        assertThat(message.antiSpam().wire()).isEqualTo("greeting");
        assertThat(message.checkNumber()).isTrue();
        assertThat(message.type().wire()).isEqualTo("image");
        assertThat(message.timeZone().getId()).isEqualTo("Asia/Kuala_Lumpur");
        assertThat(message.scheduledAt()).isBetween(before.minusMillis(1), Instant.now());
        assertThat(message.id().planned()).isEqualTo(message.scheduledAt());
        assertThat(message.expiresAt()).isEqualTo(message.scheduledAt().plus(Duration.ofHours(6)));
    }

    @Test
    void who_does_not_match_gets_nothing() {
        // Given
        LeadId ani = lead(user, Map.of("device_id", merah, "phone", ANI, "niche", "Food, ECOMMERCE"));
        lead(user, Map.of("device_id", merah, "phone", BUDI, "niche", "ecommerce2"));
        lead(user, Map.of("device_id", merah, "phone", CITRA, "niche", "ecommerce", "target_status", "customer"));
        LeadId gone = lead(user, merah, Cast.phone(1));
        Cast.operator(user).delete("/api/v1/leads/" + gone).then().statusCode(204);
        lead(user, merah, Cast.phone(2));
        cast.suppress(user, Cast.phone(2));
        String stranger = Cast.newUser();
        lead(stranger, cast.device(stranger), Cast.phone(3));

        // When
        List<BroadcastMessage> messages = fanOut(Map.of("target_status", "prospect"));

        // Then
        assertThat(messages).extracting(BroadcastMessage::leadId).containsExactly(ani);
    }

    @Test
    void a_person_on_two_devices_is_written_to_once_even_across_pages() {
        // Given
        LeadId first = lead(user, merah, ANI);
        IntStream.range(0, 5).forEach(i -> lead(user, merah, Cast.phone(i)));
        LeadId second = lead(user, biru, ANI);

        // When
        List<BroadcastMessage> once = fanOut(Map.of());
        List<BroadcastMessage> each = fanOut(Map.of("duplicate_phones", "each"));

        // Then
        assertThat(once).extracting(BroadcastMessage::leadId).contains(first).doesNotContain(second);
        assertThat(once).hasSize(6);
        assertThat(each).extracting(BroadcastMessage::leadId).contains(first, second);
    }

    @Test
    void a_person_written_to_already_gets_no_second_message_when_that_lead_changes() {
        // Given
        LeadId first = lead(user, merah, ANI);
        IntStream.range(0, 5).forEach(i -> lead(user, merah, Cast.phone(i)));
        LeadId second = lead(user, biru, ANI);
        CampaignId campaign = fanOut(Map.of()).getFirst().campaignId();

        // When
        become(first, "food");
        scene.goOnAfter(first, campaign);

        // Then
        assertThat(cast.published(campaign))
                .extracting(BroadcastMessage::leadId)
                .doesNotContain(second);
    }

    @Test
    void a_person_is_not_missed_when_a_lead_behind_the_cursor_begins_to_match() {
        // Given
        LeadId first = lead(user, Map.of("device_id", merah, "phone", ANI, "niche", "food"));
        LeadId budi = lead(user, merah, BUDI);
        LeadId second = lead(user, Map.of("device_id", biru, "phone", ANI, "niche", "food"));
        CampaignId campaign = fanOut(Map.of()).getFirst().campaignId();

        // When
        become(first, "ecommerce");
        become(second, "ecommerce");
        scene.goOnAfter(budi, campaign);

        // Then
        assertThat(cast.published(campaign))
                .extracting(BroadcastMessage::leadId)
                .containsExactlyInAnyOrder(budi, second);
    }

    @Test
    void who_becomes_the_twin_of_somebody_written_to_gets_nothing() {
        // Given
        List<LeadId> reached = IntStream.range(0, 5)
                .mapToObj(i -> lead(user, merah, Cast.phone(i)))
                .toList();
        List<LeadId> others = IntStream.range(0, 5)
                .mapToObj(i -> lead(user, Map.of("device_id", biru, "phone", Cast.phone(100 + i), "niche", "food")))
                .toList();
        CampaignId campaign = fanOut(Map.of()).getFirst().campaignId();

        // When
        IntStream.range(0, 5)
                .forEach(i -> Cast.patch(user, others.get(i), Map.of("phone", Cast.phone(i), "niche", "ecommerce")));
        scene.goOnAfter(reached.getLast(), campaign);

        // Then
        assertThat(cast.published(campaign))
                .extracting(BroadcastMessage::leadId)
                .containsExactlyInAnyOrderElementsOf(reached);
    }

    @Test
    void a_lead_that_is_added_after_the_beginning_belongs_to_no_page() {
        // Given
        LeadId ani = lead(user, merah, ANI);
        CampaignId campaign =
                fanOut(Map.of("duplicate_phones", "each")).getFirst().campaignId();

        // When
        lead(user, merah, BUDI);
        lead(user, biru, ANI);
        scene.goOnAfter(ani, campaign);

        // Then
        assertThat(cast.published(campaign))
                .extracting(BroadcastMessage::leadId)
                .containsExactly(ani);
    }

    @Test
    void a_crash_between_noting_and_publishing_reaches_nobody_through_two_leads() {
        // Given
        LeadId ani = lead(user, merah, ANI);
        LeadId twin = lead(user, Map.of("device_id", biru, "phone", BUDI, "niche", "ecommerce"));
        CampaignId campaign = fanOut(Map.of()).getFirst().campaignId();

        // When
        Cast.patch(user, ani, Map.of("phone", CITRA));
        Cast.patch(user, twin, Map.of("phone", ANI));
        scene.fromTheBeginning(campaign);

        // Then
        assertThat(cast.published(campaign))
                .filteredOn(message -> message.recipientPhone().digits().equals(ANI))
                .extracting(BroadcastMessage::leadId)
                .containsOnly(ani);
    }

    @Test
    void a_text_that_is_too_long_for_the_platform_is_left_out_with_the_reason_and_the_twin_elsewhere_gets_it() {
        // Given
        DeviceId wablas = cast.device(user, DeviceStatus.ONLINE, "wablas");
        String longName = "Nur " + "a".repeat(40);
        lead(user, Map.of("device_id", wablas, "phone", ANI, "niche", "ecommerce", "name", longName));
        LeadId budi = lead(user, Map.of("device_id", wablas, "phone", BUDI, "niche", "ecommerce", "name", "Budi"));
        LeadId twin = lead(user, Map.of("device_id", merah, "phone", ANI, "niche", "ecommerce", "name", longName));

        // When
        List<BroadcastMessage> messages = fanOut(Map.of("message", "x".repeat(1_000) + " {{name}}"));

        // Then
        assertThat(messages).extracting(BroadcastMessage::leadId).containsExactlyInAnyOrder(budi, twin);
        report(messages.getFirst().campaignId())
                .body("skipped_by_reason.reason", contains("too_long_for_platform"))
                .body("skipped_by_reason.leads", contains(1));
    }

    @Test
    void fan_outs_of_cancelled_campaigns_end() {
        // Given
        CampaignId campaign = waiting();
        Cast.operator(user)
                .post("/api/v1/campaigns/" + campaign + "/cancel")
                .then()
                .statusCode(200);
        database.run("UPDATE fanouts SET ended_at = NULL WHERE campaign_id = $1", campaign.value());

        // When
        store.endUnwanted();

        // Then
        assertThat(cast.fanOutHasEnded(campaign)).isTrue();
    }

    @Test
    void a_repetition_counts_nothing_again_and_there_is_an_end_of_them() {
        // Given
        lead(user, merah, ANI);
        CampaignId campaign = fanOut(Map.of()).getFirst().campaignId();

        // When
        for (int i = 0; i < 7; i++) {
            longAgo(campaign);
            store.repeatLost();
            fanOut.nudge();
            await().until(() -> cast.fanOutHasEnded(campaign));
            report(campaign).body("totals.should_send", equalTo(1)).body("totals.pending", equalTo(1));
        }

        // Then
        assertThat(cast.published(campaign)).hasSize(1 + 5);
        longAgo(campaign);
        assertThat(store.isShort().givenUp()).isPositive();
    }

    @Test
    void while_more_of_a_run_comes_in_it_is_not_published_again() {
        // Given
        lead(user, merah, ANI);
        CampaignId campaign = fanOut(Map.of()).getFirst().campaignId();
        longAgo(campaign);
        database.run("UPDATE run_progress SET stored_at = clock_timestamp() WHERE campaign_id = $1", campaign.value());

        // When
        store.repeatLost();

        // Then
        assertThat(cast.fanOutHasEnded(campaign)).isTrue();
    }

    @Test
    void leads_of_offline_devices_wait_or_are_left_out_and_counted() {
        // Given
        DeviceId asleep = cast.device(user, DeviceStatus.OFFLINE);
        LeadId held = lead(user, asleep, ANI);
        LeadId twin = lead(user, merah, ANI);
        lead(user, asleep, BUDI);

        // When
        List<BroadcastMessage> hold = fanOut(Map.of());
        List<BroadcastMessage> skip = fanOut(Map.of("offline_devices", "skip"));

        // Then
        assertThat(hold).extracting(BroadcastMessage::leadId).hasSize(2).contains(held);
        assertThat(skip).extracting(BroadcastMessage::leadId).containsExactly(twin);
        Cast.as(user, "viewer")
                .get("/api/v1/campaigns/" + skip.getFirst().campaignId() + "/report")
                .then()
                .statusCode(200)
                .body("totals.should_send", equalTo(1))
                .body("totals.skipped", equalTo(2));
    }

    @Test
    void a_crash_before_the_cursor_moved_repeats_the_page_with_the_same_ids() {
        // Given
        IntStream.range(0, 5).forEach(i -> lead(user, merah, Cast.phone(i)));
        List<BroadcastMessage> before = fanOut(Map.of());
        CampaignId campaign = before.getFirst().campaignId();

        // When
        scene.fromTheBeginning(campaign);

        // Then
        List<BroadcastMessage> after = cast.published(campaign);
        assertThat(after).hasSize(10);
        assertThat(new HashSet<>(after)).isEqualTo(new HashSet<>(before)).hasSize(5);
    }

    @Test
    void a_holder_whose_lease_was_taken_over_moves_nothing() {
        // Given
        lead(user, merah, ANI);
        CampaignId campaign = waiting();
        Leased slow = leaseOf(campaign);
        database.run(
                "UPDATE fanouts SET lease_until = clock_timestamp() - interval '1 second' WHERE campaign_id = $1",
                campaign.value());
        Leased quick = leaseOf(campaign);

        // Then
        assertThat(slow.lease()).isNotEqualTo(quick.lease());
        assertThat(store.end(slow)).isEmpty();
        assertThat(store.end(quick)).hasValue(0);
    }

    @Test
    void too_little_stored_for_too_long_publishes_again() {
        // Given
        lead(user, merah, ANI);
        CampaignId campaign = fanOut(Map.of()).getFirst().campaignId();
        longAgo(campaign);

        // When
        store.repeatLost();
        fanOut.nudge();

        // Then
        await().untilAsserted(() -> assertThat(cast.published(campaign)).hasSize(2));
        assertThat(cast.published(campaign)).extracting(BroadcastMessage::id).containsOnly(id(campaign));
    }

    @Test
    void a_paused_campaign_publishes_nothing_until_it_is_resumed() {
        // Given
        lead(user, merah, ANI);
        CampaignId campaign = campaign(user, Map.of());
        Cast.operator(user)
                .post("/api/v1/campaigns/" + campaign + "/pause")
                .then()
                .statusCode(200);
        database.run("UPDATE campaigns SET triggered_at = clock_timestamp() WHERE id = $1", campaign.value());
        fanOut.workOff();
        assertThat(cast.published(campaign)).isEmpty();

        // When
        Cast.operator(user)
                .post("/api/v1/campaigns/" + campaign + "/resume")
                .then()
                .statusCode(200);

        // Then
        await().untilAsserted(() -> assertThat(cast.published(campaign)).hasSize(1));
    }

    @Test
    void a_lead_of_which_no_message_can_be_made_is_put_aside_and_the_others_of_its_page_go_out() {
        // Given
        LeadId ani = lead(user, merah, ANI);
        LeadId broken = lead(user, merah, BUDI);
        LeadId citra = lead(user, merah, CITRA);
        database.run("UPDATE leads SET attributes = '{\"plan\": {\"a\": 1}}' WHERE id = $1", broken.value());

        // When
        List<BroadcastMessage> messages = fanOut(Map.of());

        // Then
        assertThat(messages).extracting(BroadcastMessage::leadId).containsExactly(ani, citra);
        assertThat(database.run("SELECT reason FROM fanout_rejects WHERE lead_id = $1", broken.value())
                        .rowCount())
                .isEqualTo(1);
    }

    @Test
    void a_fan_out_that_fails_is_put_off_and_another_goes_on() {
        // Given
        lead(user, merah, ANI);
        CampaignId unreadable = waiting();
        database.run("UPDATE campaigns SET time_zone = 'Mars/Base' WHERE id = $1", unreadable.value());

        // When
        List<BroadcastMessage> messages = fanOut(Map.of());

        // Then
        assertThat(messages).hasSize(1);
        assertThat(database.run(
                                "SELECT FROM fanouts WHERE campaign_id = $1 AND failures > 0 AND lease IS NULL",
                                unreadable.value())
                        .rowCount())
                .isEqualTo(1);
        database.run("UPDATE fanouts SET ended_at = clock_timestamp() WHERE campaign_id = $1", unreadable.value());
        database.run("UPDATE campaigns SET time_zone = 'UTC' WHERE id = $1", unreadable.value());
    }

    @Test
    void a_niche_is_met_however_its_accents_are_composed_and_whatever_nobody_sees_in_it() {
        // Given
        LeadId decomposed =
                lead(user, Map.of("device_id", merah, "phone", ANI, "niche", "food,Cafe\u0301 \u200BEmas\u00A0"));

        // When
        List<BroadcastMessage> messages = fanOut(Map.of("niche", "caf\u00E9\u00A0EMAS\uFEFF"));

        // Then
        assertThat(messages).extracting(BroadcastMessage::leadId).containsExactly(decomposed);
    }

    @Test
    void a_lead_of_many_niches_gets_a_message_of_one() {
        // Given
        String many = IntStream.range(0, 199).mapToObj(i -> "\u5B57" + i).collect(Collectors.joining(","));
        lead(user, Map.of("device_id", merah, "phone", ANI, "niche", many + ",ecommerce"));

        // When
        List<BroadcastMessage> messages = fanOut(Map.of());

        // Then
        assertThat(messages).extracting(BroadcastMessage::niche).containsExactly("ecommerce");
    }

    @Test
    void a_campaign_that_is_planned_anew_is_published_again_under_the_next_run() {
        // Given
        lead(user, merah, ANI);
        CampaignId campaign = fanOut(Map.of()).getFirst().campaignId();

        // When
        Cast.operator(user)
                .body(Json.write(Map.of("campaign_date", "2031-01-31")))
                .patch("/api/v1/campaigns/" + campaign)
                .then()
                .statusCode(200);
        trigger(user, campaign);

        // Then
        await().untilAsserted(() -> assertThat(cast.published(campaign)).hasSize(2));
        assertThat(cast.published(campaign)).extracting(BroadcastMessage::run).containsExactly(1, 2);
        assertThat(cast.published(campaign)).extracting(BroadcastMessage::id).doesNotHaveDuplicates();
    }

    private List<BroadcastMessage> fanOut(Map<String, Object> terms) {
        return scene.messages(user, terms);
    }

    private ValidatableResponse report(CampaignId campaign) {
        return Cast.as(user, "viewer")
                .get("/api/v1/campaigns/" + campaign + "/report")
                .then()
                .statusCode(200);
    }

    /** As if nothing had been stored of it for longer than any repetition waits. */
    private void longAgo(CampaignId campaign) {
        database.run(
                "UPDATE fanouts SET ended_at = ended_at - interval '7 hours' WHERE campaign_id = $1", campaign.value());
        database.run("UPDATE run_progress SET stored_at = '2020-01-01' WHERE campaign_id = $1", campaign.value());
    }

    private void become(LeadId lead, String niche) {
        Cast.patch(user, lead, Map.of("niche", niche));
    }

    private MessageId id(CampaignId campaign) {
        return cast.published(campaign).getFirst().id();
    }

    /** Triggered, and its fan-out as good as new, in nobody's hands. */
    private CampaignId waiting() {
        CampaignId campaign = campaign(user, Map.of("niche", "nobody"));
        trigger(user, campaign);
        await().until(() -> cast.fanOutHasEnded(campaign));
        database.run("UPDATE fanouts SET ended_at = NULL WHERE campaign_id = $1", campaign.value());
        return campaign;
    }

    private Leased leaseOf(CampaignId campaign) {
        return store.lease()
                .filter(leased -> leased.campaign().equals(campaign))
                .orElseThrow();
    }
}
