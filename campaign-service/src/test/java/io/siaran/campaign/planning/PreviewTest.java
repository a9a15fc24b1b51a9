package io.siaran.campaign.planning;

import static io.siaran.campaign.Cast.ANI;
import static io.siaran.campaign.Cast.BUDI;
import static io.siaran.campaign.Cast.as;
import static io.siaran.campaign.Cast.campaign;
import static io.siaran.campaign.Cast.campaignBody;
import static io.siaran.campaign.Cast.lead;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.campaign.Cast;
import io.siaran.localstack.TestServers;
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.DeviceStatus;
import io.siaran.model.Json;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class PreviewTest {

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
        biru = cast.device(user, DeviceStatus.OFFLINE, "wablas");
    }

    @Test
    void a_preview_says_whom_it_reaches_and_whom_it_leaves_out_and_why() {
        // Given
        lead(user, merah, ANI);
        lead(user, biru, ANI);
        lead(user, biru, BUDI);
        lead(
                user,
                Map.of("device_id", merah, "phone", Cast.phone(1), "niche", "ecommerce", "target_status", "customer"));
        lead(user, merah, Cast.phone(2));
        cast.suppress(user, Cast.phone(2));
        lead(user, Map.of("device_id", merah, "phone", Cast.phone(3), "niche", "food"));
        String stranger = Cast.newUser();
        lead(stranger, cast.device(stranger), ANI);

        // When
        ValidatableResponse hold = draft(Map.of("target_status", "prospect"));
        ValidatableResponse skip = draft(Map.of("offline_devices", "skip"));
        ValidatableResponse each = draft(Map.of("duplicate_phones", "each"));

        // Then
        hold.statusCode(200)
                .body("audience", equalTo(2))
                .body("excluded.reason", containsInAnyOrder("wrong_status", "opted_out", "duplicate_phone"))
                .body("excluded.leads", contains(1, 1, 1))
                .body("devices", hasSize(2))
                .body("devices.audience", contains(1, 1));
        skip.body("audience", equalTo(2)).body("excluded.reason[0]", equalTo("device_offline"));
        each.body("audience", equalTo(4));
    }

    @Test
    void a_stored_campaign_is_previewed_for_its_user_only() {
        // Given
        lead(user, Map.of("device_id", merah, "phone", ANI, "niche", "ecommerce", "name", "D'Cruz"));
        var id = campaign(
                user,
                Map.of(
                        "message",
                        "Hi {{name}}, 50% off",
                        "min_delay_seconds",
                        9,
                        "max_delay_seconds",
                        9,
                        "check_numbers",
                        true));

        // Then
        as(user, "viewer")
                .post("/api/v1/campaigns/" + id + "/preview")
                .then()
                .statusCode(200)
                .body("samples.text", contains("Hi D'Cruz, 50% off"))
                .body("check_numbers", equalTo(true))
                .body("starts_at", equalTo("2030-11-29T02:00:00Z"))
                .body("expected_end", equalTo("2030-11-29T02:00:01Z"));
        as(Cast.newUser(), "viewer")
                .post("/api/v1/campaigns/" + id + "/preview")
                .then()
                .statusCode(404);
    }

    @Test
    void a_text_that_may_be_too_long_is_judged_lead_by_lead() {
        // Given
        lead(user, Map.of("device_id", biru, "phone", ANI, "niche", "ecommerce", "name", "N" + "a".repeat(50)));
        lead(user, Map.of("device_id", biru, "phone", BUDI, "niche", "ecommerce", "name", "Budi"));
        lead(user, Map.of("device_id", merah, "phone", ANI, "niche", "ecommerce", "name", "N" + "a".repeat(50)));

        // Then
        draft(Map.of("message", "x".repeat(1_000) + " {{name}}"))
                .body("audience", equalTo(2))
                .body("excluded.reason", contains("too_long_for_platform"));
    }

    @Test
    void a_text_that_is_too_long_for_a_platform_leaves_out_all_of_it_and_attributes_count() {
        // Given
        lead(user, biru, ANI);
        lead(
                user,
                Map.of(
                        "device_id",
                        biru,
                        "phone",
                        BUDI,
                        "niche",
                        "ecommerce",
                        "attributes",
                        Map.of("plan", "p".repeat(40))));
        lead(user, merah, ANI);

        // Then
        draft(Map.of("message", "x".repeat(1_100)))
                .body("audience", equalTo(1))
                .body("excluded.reason", contains("too_long_for_platform"))
                .body("excluded.leads", contains(2));
        draft(Map.of("message", "x".repeat(1_000) + " {{attributes.plan}}"))
                .body("audience", equalTo(1))
                .body("excluded.reason", containsInAnyOrder("too_long_for_platform", "duplicate_phone"))
                .body("excluded.leads", contains(1, 1));
    }

    @Test
    void a_draft_that_is_wrong_is_refused() {
        draft(Map.of("message", "{{")).statusCode(400).body("violations.field", contains("message"));
    }

    @Test
    void what_other_campaigns_have_queued_on_a_device_goes_first() {
        // Given
        lead(user, merah, ANI);
        database.run(
                "INSERT INTO campaign_progress VALUES ($1, 1, $2, $3, 1, 9, 7, 2, 0, 0, 0, 0, 0, 0, '{}')",
                UUID.randomUUID(),
                merah.value(),
                user);

        // Then
        draft(Map.of("min_delay_seconds", 9, "max_delay_seconds", 9))
                .body("devices[0].queued", equalTo(9))
                .body("devices[0].expected_end", equalTo("2030-11-29T02:01:31Z"))
                .body("more_devices", equalTo(0))
                .body("day_ends_at", equalTo("2030-11-29T15:59:59Z"));
        draft(Map.of("min_delay_seconds", 3_600, "max_delay_seconds", 3_600, "send_until", "11:00"))
                .body("more_devices", equalTo(9));
    }

    @Test
    void where_dispatch_tells_what_waits_that_alone_counts_whatever_queued_it() {
        // Given
        lead(user, merah, ANI);
        lead(user, biru, BUDI);
        database.run(
                "INSERT INTO campaign_progress VALUES ($1, 1, $2, $3, 1, 9, 7, 2, 0, 0, 0, 0, 0, 0, '{}')",
                UUID.randomUUID(),
                merah.value(),
                user);
        CampaignId stored = campaign(user, Map.of());
        String told = "{\"more\": true, \"devices\": [{\"device_id\": \"" + merah
                + "\", \"messages\": 40, \"mood\": \"good\"}]}";

        // When
        try (DispatchStub dispatch = DispatchStub.answers(200, told)) {
            draft(Map.of("min_delay_seconds", 9, "max_delay_seconds", 9))
                    .body("queue_known", equalTo(true))
                    .body("devices.find { it.device_id == '" + merah + "' }.queued", equalTo(40))
                    .body("devices.find { it.device_id == '" + biru + "' }.queued", equalTo(0))
                    .body("expected_end", equalTo("2030-11-29T02:06:41Z"));
            as(user, "viewer")
                    .post("/api/v1/campaigns/" + stored + "/preview")
                    .then()
                    .body("queue_known", equalTo(true));

            // Then
            assertThat(dispatch.asked())
                    .containsExactly(
                            new DispatchStub.Asked("/api/v1/queue/open", TestServers.token(user, "viewer")),
                            new DispatchStub.Asked(
                                    "/api/v1/queue/open?without_campaign=" + stored,
                                    TestServers.token(user, "viewer")));
        }
    }

    @Test
    void where_dispatch_tells_nothing_in_time_the_preview_says_so_and_counts_what_campaigns_have_queued() {
        // Given
        lead(user, merah, ANI);
        database.run(
                "INSERT INTO campaign_progress VALUES ($1, 1, $2, $3, 1, 9, 7, 2, 0, 0, 0, 0, 0, 0, '{}')",
                UUID.randomUUID(),
                merah.value(),
                user);
        Map<String, Duration> pauses = Map.of("{}", Duration.ZERO, "{\"devices\": []}", Duration.ofSeconds(20));

        // Then
        draft(Map.of()).body("queue_known", equalTo(false)).body("devices[0].queued", equalTo(9));
        pauses.forEach((answer, pause) -> {
            try (DispatchStub _ = DispatchStub.answersAfter(pause, 200, answer)) {
                Instant before = Instant.now();
                draft(Map.of()).body("queue_known", equalTo(false)).body("devices[0].queued", equalTo(9));
                assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
            }
        });
        try (DispatchStub _ = DispatchStub.answers(503, "{\"devices\": []}")) {
            draft(Map.of()).body("queue_known", equalTo(false)).body("devices[0].queued", equalTo(9));
        }
    }

    @Test
    void a_device_whose_pauses_are_stretched_for_its_health_takes_longer_also_where_none_is_named() {
        // Given
        lead(user, merah, ANI);
        lead(user, merah, BUDI);

        // When
        database.run("UPDATE devices SET slow_factor = 2 WHERE id = $1", merah.value());

        // Then
        draft(Map.of("min_delay_seconds", 9, "max_delay_seconds", 9))
                .body("devices[0].expected_end", equalTo("2030-11-29T02:00:20Z"));
        draft(Map.of("min_delay_seconds", 0, "max_delay_seconds", 0))
                .body("devices[0].expected_end", equalTo("2030-11-29T02:00:04Z"));
    }

    @Test
    void who_would_wait_beyond_the_expiry_is_counted() {
        // Given
        lead(user, merah, ANI);
        lead(user, merah, BUDI);
        lead(user, merah, Cast.phone(1));
        Map<String, Object> slow = Map.of("min_delay_seconds", 1_799, "max_delay_seconds", 1_799);

        // Then
        draft(slow).body("audience", equalTo(3)).body("would_expire", equalTo(0));
        Map<String, Object> shortLived = new HashMap<>(slow);
        shortLived.put("expire_after", "PT1H");
        draft(shortLived).body("would_expire", equalTo(1));
    }

    @Test
    void the_quiet_hours_of_a_device_are_no_time_in_which_it_sends() {
        // Given
        lead(user, merah, ANI);
        lead(user, merah, BUDI);
        database.run(
                "UPDATE devices SET time_zone = 'Asia/Kuala_Lumpur',"
                        + " quiet_hours = '[{\"days\":[],\"from\":\"10:30\",\"until\":\"14:00\"}]' WHERE id = $1",
                merah.value());

        // Then
        draft(Map.of("min_delay_seconds", 1_799, "max_delay_seconds", 1_799))
                .body("devices[0].expected_end", equalTo("2030-11-29T06:30:00Z"));
    }

    private ValidatableResponse draft(Map<String, Object> more) {
        return as(user, "viewer")
                .body(Json.write(campaignBody(new HashMap<>(more))))
                .post("/api/v1/campaigns/preview")
                .then();
    }
}
