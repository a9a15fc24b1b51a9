package io.siaran.campaign.progress;

import static io.siaran.campaign.Cast.as;
import static io.siaran.campaign.Cast.campaign;
import static io.siaran.campaign.Cast.trigger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.campaign.Cast;
import io.siaran.campaign.ReplyListener;
import io.siaran.campaign.planning.DispatchStub;
import io.siaran.localstack.TestServers;
import io.siaran.model.CampaignId;
import io.siaran.model.CampaignProgress;
import io.siaran.model.DeviceId;
import io.siaran.model.InboundMessage;
import io.siaran.model.LeadId;
import io.siaran.model.PhoneNumber;
import io.siaran.model.UserId;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ani and Budi on Merah, and a customer. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ReportTest {

    @Inject
    Cast cast;

    @Inject
    ProgressIntake intake;

    @Inject
    WrittenPeople written;

    @Inject
    ReplyListener replies;

    @Inject
    Database database;

    private final String user = Cast.newUser();
    private DeviceId merah;
    private LeadId ani;

    @BeforeEach
    void link() {
        merah = cast.device(user);
        ani = Cast.lead(user, merah, Cast.ANI);
        Cast.lead(user, merah, Cast.BUDI);
    }

    @Test
    void a_person_who_replies_counts_once_and_for_the_latest_campaign_only() {
        // Given
        CampaignId first = sent(Map.of());
        CampaignId second = sent(Map.of());
        Instant now = Instant.now();
        aniIsWrittenTo(now);

        // When
        replies.heard(List.of(wrote(Cast.ANI, now), wrote(Cast.ANI, now.plusSeconds(1)), wrote(Cast.CITRA, now)));
        replies.heard(List.of(wrote(Cast.ANI, now), wrote(Cast.BUDI, now.plus(Duration.ofDays(8)))));

        // Then
        report(second, "").body("totals.replied", equalTo(1)).body("devices[0].replied", equalTo(1));
        report(first, "").body("totals.replied", equalTo(0));
    }

    @Test
    void who_replies_while_the_run_is_published_again_counts() {
        // Given
        CampaignId campaign = sent(Map.of());
        aniIsWrittenTo(Instant.now());

        // When
        database.run(
                "UPDATE fanouts SET cursor = NULL, ended_at = NULL, repeats = 1 WHERE campaign_id = $1",
                campaign.value());
        why(ani, campaign).body("verdict", equalTo("written_to"));
        replies.heard(List.of(wrote(Cast.ANI, Instant.now())));

        // Then
        report(campaign, "").body("totals.replied", equalTo(1));
        database.run("UPDATE fanouts SET ended_at = clock_timestamp() WHERE campaign_id = $1", campaign.value());
    }

    @Test
    void who_replies_after_the_campaign_was_planned_anew_counts_for_the_run_that_wrote() {
        // Given
        CampaignId campaign = sent(Map.of());
        aniIsWrittenTo(Instant.now());
        Cast.operator(user)
                .body("{\"campaign_date\": \"2031-01-31\"}")
                .patch("/api/v1/campaigns/" + campaign)
                .then()
                .statusCode(200);

        // When
        replies.heard(List.of(wrote(Cast.ANI, Instant.now())));

        // Then
        report(campaign, "?run=1").body("totals.replied", equalTo(1));
        report(campaign, "").body("totals.replied", equalTo(0));
    }

    @Test
    void the_hours_add_up_to_what_was_sent_and_failed_also_where_it_is_taken_back() {
        // Given
        CampaignId campaign = published(Map.of());

        // When
        intake.apply(List.of(told(campaign, 1, 2, 0, 0)));
        intake.apply(List.of(told(campaign, 2, 0, 2, 0), told(campaign, 1, 2, 0, 0)));
        intake.apply(List.of(told(campaign, 3, 1, 0, 1), told(campaign, 2, 0, 2, 0)));

        // Then
        report(campaign, "")
                .body("per_hour.sent.sum()", equalTo(1))
                .body("per_hour.failed.sum()", equalTo(1))
                .body("totals.sent", equalTo(1));
    }

    @Test
    void the_reasons_add_up_to_what_failed_and_was_cancelled_on_each_device_and_in_all() {
        // Given
        DeviceId biru = cast.device(user);
        CampaignId campaign = published(Map.of());

        // When
        intake.apply(List.of(
                ended(campaign, merah, 3, 2, Map.of("contact_rejected", 2L, "expired", 1L, "withdrawn", 2L)),
                ended(campaign, biru, 4, 1, Map.of("expired", 3L, "of_a_later_version", 2L))));

        // Then
        report(campaign, "")
                .body("totals.failed", equalTo(7))
                .body("totals.cancelled", equalTo(3))
                .body(
                        "totals.reasons.collect { it.reason + ' ' + it.status + ' ' + it.messages }",
                        contains(
                                "expired failed 4",
                                "contact_rejected failed 2",
                                "withdrawn cancelled 2",
                                "other cancelled 1",
                                "other failed 1"))
                .body("devices.find { it.device_id == '" + biru + "' }.reasons.messages.sum()", equalTo(5));
        List<List<String>> file = exported(campaign);
        assertThat(cell(file, "reason_expired")).isEqualTo("4");
        assertThat(cell(file, "reason_withdrawn")).isEqualTo("2");
        assertThat(cell(file, "reason_other")).isEqualTo("2");
        assertThat(IntStream.range(0, file.getFirst().size())
                        .filter(column -> file.getFirst().get(column).startsWith("reason_"))
                        .map(column -> Integer.parseInt(file.getLast().get(column)))
                        .sum())
                .isEqualTo(10);
    }

    @Test
    void what_was_expected_stands_beside_what_happened() {
        // Given
        CampaignId campaign = published(Map.of("min_delay_seconds", 9, "max_delay_seconds", 9));
        Instant begun = Instant.parse(as(user, "viewer")
                .get("/api/v1/campaigns/" + campaign)
                .then()
                .extract()
                .path("scheduled_at"));

        // When
        await().untilAsserted(() -> report(campaign, "").body("expected_end", notNullValue()));
        String expected =
                report(campaign, "").body("ended_at", nullValue()).extract().path("expected_end");
        database.run(
                "UPDATE campaigns SET status = 'completed', completed_at = '2027-01-01T00:00:00Z' WHERE id = $1",
                campaign.value());

        // Then
        assertThat(Instant.parse(expected)).isBetween(begun.plusSeconds(11), begun.plusSeconds(51));
        report(campaign, "").body("expected_end", equalTo(expected)).body("ended_at", equalTo("2027-01-01T00:00:00Z"));
    }

    @Test
    void an_earlier_run_has_a_report_of_its_own_and_so_has_the_file() {
        // Given
        CampaignId campaign = sent(Map.of());
        Cast.operator(user)
                .body("{\"campaign_date\": \"2031-01-31\"}")
                .patch("/api/v1/campaigns/" + campaign)
                .then()
                .statusCode(200);

        // Then
        report(campaign, "").body("run", equalTo(2)).body("totals.sent", equalTo(0));
        report(campaign, "?run=1").body("run", equalTo(1)).body("totals.sent", equalTo(2));
        as(user, "viewer")
                .get("/api/v1/campaigns/" + campaign + "/report?run=3")
                .then()
                .statusCode(404);
        List<String> file = as(user, "viewer")
                .accept("text/csv")
                .get("/api/v1/campaigns/" + campaign + "/report/export?run=1")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .toList();
        assertThat(file)
                .containsExactly(
                        "device_id,should_send,skipped,pending,processing,sent,delivered,read,replied,failed,cancelled,unknown,"
                                + EndReason.columns().collect(Collectors.joining(",")),
                        merah + ",2,0,0,0,2,0,0,0,0,0,0" + ",0".repeat(18),
                        "total,2,0,0,0,2,0,0,0,0,0,0" + ",0".repeat(18));
    }

    @Test
    void why_says_of_each_lead_what_the_run_did_with_it() {
        // Given
        LeadId other = lead(Cast.phone(10), Map.of("niche", "food"));
        LeadId customer = lead(Cast.phone(11), Map.of("target_status", "customer"));
        LeadId stopped = lead(Cast.phone(12), Map.of());
        cast.suppress(user, Cast.phone(12));
        LeadId twin = Cast.lead(user, cast.device(user), Cast.ANI);
        LeadId gone = Cast.lead(user, cast.device(user), Cast.phone(13));
        database.run(
                "UPDATE devices SET deleted = true WHERE id = (SELECT device_id FROM leads WHERE user_id = $1 AND id = $2)",
                user,
                gone.value());
        CampaignId planned = campaign(user, Map.of("target_status", "prospect"));
        CampaignId campaign = published(Map.of("target_status", "prospect"));
        LeadId late = lead(Cast.phone(14), Map.of());

        // Then
        why(ani, campaign).body("verdict", equalTo("written_to")).body("message_id", notNullValue());
        why(ani, planned).body("verdict", equalTo("will_be_written_to")).body("reason", nullValue());
        leftOut(other, campaign, "no_such_niche");
        leftOut(customer, campaign, "wrong_status");
        leftOut(stopped, campaign, "opted_out");
        leftOut(gone, campaign, "device_gone");
        leftOut(late, campaign, "created_after");
        leftOut(twin, campaign, "duplicate_phone").body("written_through", equalTo(ani.toString()));
        why(late, planned).body("verdict", equalTo("will_be_written_to"));
        String path = "/api/v1/leads/" + ani + "/why";
        as(user, "viewer").get(path).then().statusCode(400).body("violations.field", contains("campaign_id"));
        as(Cast.newUser(), "viewer").get(path).then().statusCode(404);
        as(user, "viewer")
                .get(path + "?campaign_id=" + UUID.randomUUID())
                .then()
                .statusCode(404);
        as(Cast.newUser(), "viewer")
                .get(path + "?campaign_id=" + campaign)
                .then()
                .statusCode(404);
    }

    @Test
    void who_was_written_to_stays_so_whatever_became_of_them_since() {
        // Given
        LeadId stopped = lead(Cast.phone(15), Map.of());
        LeadId moved = lead(Cast.phone(16), Map.of());
        CampaignId campaign = published(Map.of("target_status", "prospect"));
        String message = why(ani, campaign).extract().path("message_id");

        // When
        Cast.operator(user).post("/api/v1/leads/" + ani + "/opt-out").then().statusCode(200);
        Cast.operator(user)
                .body("{\"phone\": \"" + Cast.phone(15) + "\"}")
                .post("/api/v1/suppressions")
                .then()
                .statusCode(201);
        Cast.patch(user, moved, Map.of("niche", "food"));

        // Then
        why(ani, campaign)
                .body("verdict", equalTo("written_to"))
                .body("reason", nullValue())
                .body("message_id", equalTo(message));
        why(stopped, campaign).body("verdict", equalTo("written_to"));
        why(moved, campaign).body("verdict", equalTo("written_to"));
    }

    @Test
    void where_no_recipient_is_noted_the_queue_knows_who_was_written_to() {
        // Given
        CampaignId campaign = published(Map.of("duplicate_phones", "each"));
        String message = why(ani, campaign).extract().path("message_id");
        cast.suppress(user, Cast.ANI);

        // Then
        try (DispatchStub dispatch = DispatchStub.answers(200, "{}")) {
            why(ani, campaign).body("verdict", equalTo("written_to")).body("message_id", equalTo(message));
            assertThat(dispatch.asked())
                    .extracting(DispatchStub.Asked::uri)
                    .containsExactly("/api/v1/messages/" + message);
        }
        try (DispatchStub _ = DispatchStub.answers(404, "{}")) {
            leftOut(ani, campaign, "opted_out");
        }
    }

    @Test
    void why_of_a_sequence_or_a_message_is_said_by_the_service_that_knows_it() {
        String id = "01936f2e-0000-8000-8000-0000000000b1";

        leadsTo("sequence_id=" + id, "/api/v1/sequences/" + id + "/why?lead_id=" + ani);
        leadsTo("message_id=" + id, "/api/v1/messages/" + id);
        as(user, "viewer")
                .get("/api/v1/leads/" + ani + "/why?message_id=" + id + "&sequence_id=" + id)
                .then()
                .statusCode(400);
    }

    private void leadsTo(String query, String location) {
        as(user, "viewer")
                .redirects()
                .follow(false)
                .get("/api/v1/leads/" + ani + "/why?" + query)
                .then()
                .statusCode(307)
                .header("Location", location);
    }

    @Test
    void the_message_that_why_names_is_the_one_that_was_published() {
        // Given
        CampaignId campaign = published(Map.of());

        // Then
        String named = why(ani, campaign).extract().path("message_id");
        assertThat(cast.published(campaign))
                .filteredOn(message -> message.leadId().equals(ani))
                .extracting(message -> message.id().toString())
                .containsExactly(named);
    }

    private LeadId lead(String phone, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(Map.of("device_id", merah, "phone", phone, "niche", "ecommerce"));
        body.putAll(more);
        return Cast.lead(user, body);
    }

    private ValidatableResponse leftOut(LeadId lead, CampaignId campaign, String reason) {
        return why(lead, campaign).body("verdict", equalTo("left_out")).body("reason", equalTo(reason));
    }

    private ValidatableResponse why(LeadId lead, CampaignId campaign) {
        return as(user, "viewer")
                .get("/api/v1/leads/" + lead + "/why?campaign_id=" + campaign)
                .then()
                .statusCode(200);
    }

    private CampaignId published(Map<String, Object> more) {
        CampaignId campaign = campaign(user, more);
        trigger(user, campaign);
        await().until(() -> cast.fanOutHasEnded(campaign));
        return campaign;
    }

    /** Both were sent. */
    private CampaignId sent(Map<String, Object> more) {
        CampaignId campaign = published(more);
        intake.apply(List.of(told(campaign, 1, 2, 0, 0)));
        return campaign;
    }

    private void aniIsWrittenTo(Instant at) {
        written.apply(List.of(SentStatus.of(user, merah, ani, at)));
    }

    private CampaignProgress told(CampaignId campaign, long version, long sent, long pending, long failed) {
        return new CampaignProgress(
                campaign, 1, merah, new UserId(user), version, 2, pending, 0, sent, failed, 0, 0, 0, 0, null);
    }

    private CampaignProgress ended(
            CampaignId campaign, DeviceId device, long failed, long cancelled, Map<String, Long> reasons) {
        return new CampaignProgress(
                campaign,
                1,
                device,
                new UserId(user),
                1,
                failed + cancelled,
                0,
                0,
                0,
                failed,
                cancelled,
                0,
                0,
                0,
                reasons);
    }

    private List<List<String>> exported(CampaignId campaign) {
        return as(user, "viewer")
                .accept("text/csv")
                .get("/api/v1/campaigns/" + campaign + "/report/export")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .map(line -> List.of(line.split(",")))
                .toList();
    }

    /** Of the line that has the sums. */
    private static String cell(List<List<String>> file, String column) {
        return file.getLast().get(file.getFirst().indexOf(column));
    }

    private InboundMessage wrote(String phone, Instant at) {
        return new InboundMessage(
                UUID.randomUUID(), new UserId(user), merah, new PhoneNumber(phone), null, "text", "Boleh", at);
    }

    private ValidatableResponse report(CampaignId campaign, String query) {
        return as(user, "viewer")
                .get("/api/v1/campaigns/" + campaign + "/report" + query)
                .then()
                .statusCode(200);
    }
}
