package io.siaran.campaign.planning;

import static io.siaran.campaign.Cast.ANI;
import static io.siaran.campaign.Cast.BUDI;
import static io.siaran.campaign.Cast.CITRA;
import static io.siaran.campaign.Cast.as;
import static io.siaran.campaign.Cast.campaign;
import static io.siaran.campaign.Cast.campaignBody;
import static io.siaran.campaign.Cast.lead;
import static io.siaran.campaign.Cast.operator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
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
import io.siaran.model.LeadId;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ani has gold and is a VIP, Budi has silver, Citra is staff and has no plan; all three care for ecommerce. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class SegmentTest {

    @Inject
    Cast cast;

    @Inject
    Database database;

    private final String user = Cast.newUser();
    private DeviceId merah;
    private LeadId ani;
    private LeadId budi;
    private LeadId citra;

    @BeforeEach
    void enter() {
        merah = cast.device(user);
        ani = lead(user, body(ANI, "ecommerce,VIP", Map.of("plan", "gold", "city", "KL")));
        budi = lead(user, body(BUDI, "ecommerce,Penang", Map.of("plan", "silver")));
        citra = lead(user, body(CITRA, "ecommerce,staff", Map.of()));
    }

    @Test
    void attributes_and_tags_narrow_whom_a_campaign_reaches() {
        reaches(Map.of(), ani, budi, citra);
        reaches(Map.of("attributes", List.of(is("plan", "gold"))), ani);
        reaches(Map.of("attributes", List.of(is("plan", "gold", "silver"))), ani, budi);
        reaches(Map.of("attributes", List.of(is("plan", "gold", "silver"), is("city", "KL"))), ani);
        reaches(Map.of("attributes", List.of(is("plan", "gold"), is("city", "Ipoh"))));
        reaches(Map.of("tags_all", List.of("vip")), ani);
        reaches(Map.of("tags_all", List.of("vip", "penang")));
        reaches(Map.of("tags_any", List.of("vip", "penang")), ani, budi);
        reaches(Map.of("tags_none", List.of("Staff", "vip")), budi);
        reaches(Map.of("tags_any", List.of("vip", "staff"), "tags_none", List.of("staff")), ani);
    }

    @Test
    void leads_are_told_apart_by_when_they_were_added() {
        // Given
        String second = as(user, "viewer").get("/api/v1/leads/" + budi).path("created_at");

        // Then
        reaches(Map.of("created_after", second), budi, citra);
        reaches(Map.of("created_before", second), ani);
        reaches(Map.of("created_after", second, "created_before", "2190-01-01T00:00:00Z"), budi, citra);
        reaches(Map.of("created_after", "2190-01-01T00:00:00Z"));
    }

    @Test
    void who_was_written_to_lately_is_left_out_and_counted() {
        // Given
        wasWrittenTo(ANI, 3);
        wasWrittenTo(BUDI, 30);

        // Then
        reaches(Map.of("not_written_within_days", 7), budi, citra)
                .body("excluded.reason", contains("written_recently"))
                .body("excluded.leads", contains(1));
        reaches(Map.of("not_written_within_days", 2), ani, budi, citra);
        reaches(Map.of("not_written_within_days", 60, "tags_none", List.of("staff")));
    }

    @Test
    void preview_fan_out_report_and_why_have_one_audience() {
        // Given
        wasWrittenTo(BUDI, 1);
        CampaignId campaign =
                campaign(user, Map.of("segment", Map.of("tags_none", List.of("staff"), "not_written_within_days", 7)));
        why(citra, campaign).body("reason", equalTo("outside_segment"));

        // When
        Cast.trigger(user, campaign);
        await().until(() -> cast.fanOutHasEnded(campaign));

        // Then
        assertThat(cast.published(campaign))
                .extracting(BroadcastMessage::leadId)
                .containsExactly(ani);
        as(user, "viewer")
                .get("/api/v1/campaigns/" + campaign + "/report")
                .then()
                .statusCode(200)
                .body("totals.should_send", equalTo(1))
                .body("skipped_by_reason.reason", contains("written_recently"));
        why(budi, campaign).body("reason", equalTo("written_recently"));
        why(ani, campaign).body("verdict", equalTo("written_to"));

        // When
        wasWrittenTo(ANI, 0);

        // Then
        why(ani, campaign).body("verdict", equalTo("written_to"));
    }

    @Test
    void a_segment_is_answered_as_it_was_given_merged_by_a_patch_and_kept_once_the_campaign_has_begun() {
        // Given
        CampaignId campaign = campaign(user, Map.of("segment", Map.of("tags_any", List.of("VIP"))));
        String path = "/api/v1/campaigns/" + campaign;

        // Then
        as(user, "viewer")
                .get(path)
                .then()
                .body("segment.tags_any", contains("VIP"))
                .body("segment.tags_all", hasSize(0))
                .body("segment.not_written_within_days", nullValue());
        patch(path, Map.of("segment", Map.of("not_written_within_days", 7)))
                .statusCode(200)
                .body("segment.tags_any", contains("VIP"))
                .body("segment.not_written_within_days", equalTo(7));
        Map<String, Object> none = new HashMap<>();
        none.put("segment", null);
        patch(path, none).statusCode(200).body("segment", nullValue());
        patch(path, Map.of("segment", Map.of())).statusCode(200).body("segment", nullValue());
        Cast.trigger(user, campaign);
        patch(path, Map.of("segment", Map.of("tags_any", List.of("vip")))).statusCode(409);
    }

    @Test
    void what_is_wrong_with_a_segment_is_told_by_its_field() {
        refused(Map.of("tags_all", List.of("a,b")), "segment.tags_all");
        refused(Map.of("tags_none", List.of(" ")), "segment.tags_none");
        refused(Map.of("attributes", List.of(is("Plan", "gold"))), "segment.attributes[0].key");
        refused(Map.of("attributes", List.of(is("plan"))), "segment.attributes[0].in");
        refused(Map.of("attributes", List.of(is("plan", "x".repeat(256)))), "segment.attributes[0].in");
        refused(Map.of("not_written_within_days", 0), "segment.not_written_within_days");
        refused(Map.of("not_written_within_days", 366), "segment.not_written_within_days");
        refused(Map.of("created_after", "1999-12-31T00:00:00Z"), "segment.created_after");
        refused(
                Map.of("created_after", "2027-01-02T00:00:00Z", "created_before", "2027-01-01T00:00:00Z"),
                "segment.created_before");
        refused(Map.of("tag", "vip"), "segment.tag");
        refused(Map.of("tags_any", java.util.Collections.nCopies(21, "vip")), "segment.tags_any");
    }

    @Test
    void a_segment_that_reaches_nobody_warns() {
        operator(user)
                .body(Json.write(campaignBody(Map.of("segment", Map.of("tags_any", List.of("nobody"))))))
                .post("/api/v1/campaigns")
                .then()
                .statusCode(201)
                .body("warnings.code", contains("empty_audience"));
    }

    @Test
    void a_rare_attribute_and_a_rare_tag_are_found_by_index() {
        // Given
        database.run(
                "INSERT INTO leads (id, user_id, device_id, phone, name, niche, niche_tags, target_status, trigger,"
                        + " attributes, version, created_at, updated_at)"
                        + " SELECT gen_random_uuid(), $1, $2, (60130000000 + n)::text, '', 'ecommerce', '{ecommerce}',"
                        + " 'prospect', '', jsonb_build_object('number', n::text), 1, now(), now()"
                        + " FROM generate_series(1, 20000) AS n",
                user,
                merah.value());
        database.run("ANALYZE leads");

        // Then
        assertThat(plan("{\"attributes\": [{\"key\": \"number\", \"in\": [\"7\", \"8\"]}]}"))
                .contains("leads_by_attribute");
        assertThat(plan("{\"tags_all\": [\"vip\"]}")).contains("leads_by_niche");
        reaches(Map.of("attributes", List.of(is("number", "7", "8"))), 2);
        reaches(Map.of("tags_all", List.of("vip")), ani);
    }

    private String plan(String segment) {
        StringBuilder plan = new StringBuilder();
        database.run("EXPLAIN SELECT id FROM candidates('" + user + "', 'ecommerce', 'all', false, '" + segment
                        + "'::jsonb) WHERE id > '00000000-0000-0000-0000-000000000000' ORDER BY id LIMIT 1000")
                .forEach(row -> plan.append(row.getString(0)).append('\n'));
        return plan.toString();
    }

    private Map<String, Object> body(String phone, String niche, Map<String, String> attributes) {
        return Map.of("device_id", merah, "phone", phone, "niche", niche, "attributes", attributes);
    }

    private static Map<String, Object> is(String key, String... values) {
        return Map.of("key", key, "in", List.of(values));
    }

    private void wasWrittenTo(String phone, int daysAgo) {
        database.run(
                "INSERT INTO written_people VALUES ($1, $2, clock_timestamp() - $3 * interval '1 day')",
                user,
                phone,
                daysAgo);
    }

    private ValidatableResponse reaches(Map<String, Object> segment, LeadId... leads) {
        Object[] ids = Arrays.stream(leads).map(LeadId::toString).toArray();
        return reaches(segment, leads.length).body("samples.lead_id", containsInAnyOrder(ids));
    }

    private ValidatableResponse reaches(Map<String, Object> segment, int leads) {
        return draft(segment).statusCode(200).body("audience", equalTo(leads));
    }

    private void refused(Map<String, Object> segment, String field) {
        draft(segment).statusCode(400).body("violations.field", contains(field));
    }

    private ValidatableResponse draft(Map<String, Object> segment) {
        return as(user, "viewer")
                .body(Json.write(campaignBody(Map.of("segment", segment))))
                .post("/api/v1/campaigns/preview")
                .then();
    }

    private ValidatableResponse patch(String path, Map<String, Object> changes) {
        return operator(user).body(Json.write(changes)).patch(path).then();
    }

    private ValidatableResponse why(LeadId lead, CampaignId campaign) {
        return as(user, "viewer")
                .get("/api/v1/leads/" + lead + "/why?campaign_id=" + campaign)
                .then()
                .statusCode(200);
    }
}
