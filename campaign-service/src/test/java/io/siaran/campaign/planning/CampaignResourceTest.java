package io.siaran.campaign.planning;

import static io.siaran.campaign.Cast.as;
import static io.siaran.campaign.Cast.campaign;
import static io.siaran.campaign.Cast.campaignBody;
import static io.siaran.campaign.Cast.operator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.siaran.campaign.Cast;
import io.siaran.localstack.TestServers;
import io.siaran.model.CampaignId;
import io.siaran.model.Json;
import io.siaran.model.Plan;
import io.siaran.model.PlanStatus;
import io.siaran.model.Topic;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class CampaignResourceTest {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a};

    @Inject
    Cast cast;

    private final String user = Cast.newUser();

    @Test
    void a_campaign_is_stored_as_asked_with_its_time_in_utc_and_its_defaults() {
        operator(user)
                .body(Json.write(campaignBody(Map.of("min_delay_seconds", 5, "max_delay_seconds", 15))))
                .post("/api/v1/campaigns")
                .then()
                .statusCode(201)
                .header("Location", containsString("/api/v1/campaigns/"))
                .body("title", equalTo("Black Friday Sale"))
                .body("campaign_date", equalTo("2030-11-29"))
                .body("time_schedule", equalTo("10:00"))
                .body("time_zone", equalTo("Asia/Kuala_Lumpur"))
                .body("scheduled_at", equalTo("2030-11-29T02:00:00Z"))
                .body("min_delay_seconds", equalTo(5))
                .body("anti_spam", nullValue())
                .body("check_numbers", nullValue())
                .body("offline_devices", equalTo("hold"))
                .body("duplicate_phones", equalTo("once"))
                .body("late_policy", equalTo("send"))
                .body("expire_after", equalTo("P7D"))
                .body("target_status", equalTo("all"))
                .body("status", equalTo("scheduled"))
                .body("run", equalTo(1));
    }

    @Test
    void every_choice_comes_back_as_it_was_given() {
        // Given
        Map<String, Object> choices = Map.of(
                "anti_spam",
                "greeting",
                "check_numbers",
                true,
                "offline_devices",
                "skip",
                "duplicate_phones",
                "each",
                "late_policy",
                "fail",
                "send_until",
                "18:30",
                "expire_after",
                "none",
                "target_status",
                "customer",
                "time_zone",
                "Asia/Tokyo",
                "image_url",
                "https://example.com/a.png");

        // When
        var answer = as(user, "viewer")
                .get("/api/v1/campaigns/" + campaign(user, choices))
                .then();

        // Then
        choices.forEach((field, value) -> answer.body(field, equalTo(value)));
    }

    @Test
    void an_image_is_looked_at_where_the_caller_asks_for_it() {
        String inside = Json.write(campaignBody(Map.of("image_url", "http://127.0.0.1:1/a.png")));
        operator(user)
                .body(inside)
                .post("/api/v1/campaigns?check_media=true")
                .then()
                .statusCode(400)
                .body("violations.field", contains("image_url"));
        operator(user).body(inside).post("/api/v1/campaigns").then().statusCode(201);
    }

    @Test
    void a_campaign_that_is_told_again_is_the_first_also_where_its_image_is_gone() throws Exception {
        // Given
        HttpServer pictures = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        pictures.createContext("/", picture -> {
            picture.getResponseHeaders().add("Content-Type", "image/png");
            picture.sendResponseHeaders(200, PNG.length);
            picture.getResponseBody().write(PNG);
            picture.close();
        });
        pictures.start();
        String body = Json.write(campaignBody(
                Map.of("image_url", "http://127.0.0.1:" + pictures.getAddress().getPort() + "/a.png")));
        String key = UUID.randomUUID().toString();
        String first = looked(key, body).statusCode(201).extract().path("id");

        // When
        pictures.stop(0);

        // Then
        looked(key, body).statusCode(201).header("Idempotency-Replayed", "true").body("id", equalTo(first));
        looked(UUID.randomUUID().toString(), body).statusCode(400).body("violations.field", contains("image_url"));
    }

    private ValidatableResponse looked(String key, String body) {
        return operator(user)
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/v1/campaigns?check_media=true")
                .then();
    }

    @Test
    void a_campaign_whose_images_were_looked_at_is_saved_as_any_other() {
        String id = operator(user)
                .body(Json.write(campaignBody(Map.of())))
                .post("/api/v1/campaigns?check_media=true")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        operator(user)
                .body("{\"image_url\":\"http://127.0.0.1:1/a.png\"}")
                .patch("/api/v1/campaigns/" + id + "?check_media=true")
                .then()
                .statusCode(400)
                .body("violations.field", contains("image_url"));
    }

    @Test
    void what_is_wrong_is_named() {
        refused(Map.of("niche", ""), "niche");
        refused(Map.of("niche", "a,b"), "niche");
        refused(Map.of("time_schedule", "ten"), "time_schedule");
        refused(Map.of("time_zone", "Mars/Base"), "time_zone");
        refused(Map.of("min_delay_seconds", 5), "max_delay_seconds");
        refused(Map.of("min_delay_seconds", 9, "max_delay_seconds", 5), "max_delay_seconds");
        refused(Map.of("max_delay_seconds", 3601, "min_delay_seconds", 1), "max_delay_seconds");
        refused(Map.of("send_until", "09:00"), "send_until");
        refused(Map.of("expire_after", "P0D"), "expire_after");
        refused(Map.of("expire_after", "soon"), "expire_after");
        refused(Map.of("campaign_date", "2024-11-29"), "campaign_date");
        refused(Map.of("title", "x".repeat(256)), "title");
        refused(Map.of("niche", "\u200B"), "niche");
        refused(Map.of("niche", "x".repeat(65)), "niche");
        refused(Map.of("image_url", "https://x.my/" + "x".repeat(2048)), "image_url");
        refused(Map.of("expire_after", "PT9223372036854775807S"), "expire_after");
        refused(Map.of("campaign_date", "+999999999-12-31"), "campaign_date");
        refused(Map.of("time_zone", "+08:00"), "time_zone");
        refused(Map.of("message", "50% off\0"), "message");
        refused(Map.of("image_url", "file:///etc/passwd"), "image_url");
        refused(Map.of("image_url", "https://x.my/a.png", "message", "x".repeat(1025)), "message");
        refused(
                Map.of("message", "{" + "x".repeat(2000) + "|y}{" + "x".repeat(2000) + "|y}" + "{{name}}".repeat(2)),
                "message");
        refused(Map.of("message", "x".repeat(4097)), "message");
        refused(Map.of("late_policy", "maybe"), "late_policy");
        refused(Map.of("nische", "x"), "nische");
    }

    @Test
    void a_message_that_cannot_be_read_is_refused_with_its_place() {
        operator(user)
                .body(Json.write(campaignBody(Map.of("message", "Hi {{name}},\n{a|b"))))
                .post("/api/v1/campaigns")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations.field", contains("message"))
                .body("violations.message", contains(containsString("line 2, column 1")));
    }

    @Test
    void a_message_that_may_be_too_long_for_a_platform_is_saved_and_warned_of() {
        // Given
        String message = "{" + "x".repeat(1_025) + "|short}";

        // When
        CampaignId campaign = campaign(user, Map.of("message", message));

        // Then
        as(user, "viewer")
                .get("/api/v1/campaigns/" + campaign)
                .then()
                .body("message", equalTo(message))
                .body("warnings.code", contains("too_long_for_platform"))
                .body("warnings.field", contains("message"))
                .body("warnings.message", contains(containsString("Wablas")));
        as(user, "viewer")
                .get("/api/v1/campaigns/" + campaign(user, Map.of("message", "Hi {{name|kawan}}")))
                .then()
                .body("warnings", hasSize(0));
    }

    @Test
    void a_malformed_body_is_a_problem_that_says_so() {
        operator(user)
                .body("{\"title\":")
                .post("/api/v1/campaigns")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations.field", contains("body"));
    }

    @Test
    void nobody_sees_or_moves_the_campaigns_of_another_user() {
        // Given
        CampaignId campaign = campaign(user, Map.of());
        String stranger = Cast.newUser();

        // Then
        for (String path : List.of("", "/report")) {
            operator(stranger)
                    .get("/api/v1/campaigns/" + campaign + path)
                    .then()
                    .statusCode(404);
        }
        for (String move : List.of("trigger", "pause", "resume", "cancel")) {
            operator(stranger)
                    .post("/api/v1/campaigns/" + campaign + "/" + move)
                    .then()
                    .statusCode(404);
        }
        operator(stranger).get("/api/v1/campaigns").then().body("items", hasSize(0));
        as(user, "viewer")
                .post("/api/v1/campaigns/" + campaign + "/trigger")
                .then()
                .statusCode(403);
        assertThat(Cast.status(user, campaign)).isEqualTo("scheduled");
    }

    @Test
    void pages_hold_every_campaign_once_and_the_newest_first() {
        // Given
        List<String> made = List.of(
                campaign(user, Map.of()).toString(),
                campaign(user, Map.of()).toString(),
                campaign(user, Map.of()).toString());

        // When
        var first = as(user, "viewer")
                .get("/api/v1/campaigns?limit=2")
                .then()
                .statusCode(200)
                .extract();
        var second = as(user, "viewer")
                .get("/api/v1/campaigns?limit=2&cursor={c}", first.<String>path("next_cursor"))
                .then()
                .statusCode(200)
                .extract();

        // Then
        assertThat(first.<List<String>>path("items.id")).containsExactly(made.get(2), made.get(1));
        assertThat(second.<List<String>>path("items.id")).containsExactly(made.get(0));
    }

    @Test
    void illegal_moves_are_refused_with_the_reason() {
        // Given
        CampaignId campaign = campaign(user, Map.of());
        move(campaign, "resume", 409);
        move(campaign, "cancel", 200);

        // Then
        for (String move : List.of("trigger", "pause", "resume", "cancel")) {
            move(campaign, move, 409);
        }
    }

    @Test
    void every_move_is_announced_as_a_plan_with_a_higher_version() {
        // Given
        CampaignId campaign = campaign(user, Map.of());

        // When
        move(campaign, "pause", 200);
        move(campaign, "resume", 200);
        move(campaign, "cancel", 200);

        // Then
        await().untilAsserted(() -> assertThat(cast.published(Topic.PLANS, campaign, Plan.class))
                .extracting(Plan::status)
                .containsExactly(PlanStatus.ACTIVE, PlanStatus.PAUSED, PlanStatus.ACTIVE, PlanStatus.CANCELLED));
        assertThat(cast.published(Topic.PLANS, campaign, Plan.class))
                .extracting(Plan::version)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void a_plan_says_whether_people_are_known_by_their_phones() {
        // Given
        CampaignId once = campaign(user, Map.of());
        CampaignId each = campaign(user, Map.of("duplicate_phones", "each"));

        // Then
        await().untilAsserted(() -> {
            assertThat(cast.published(Topic.PLANS, once, Plan.class))
                    .extracting(Plan::oncePerPhone)
                    .containsExactly(true);
            assertThat(cast.published(Topic.PLANS, each, Plan.class))
                    .extracting(Plan::oncePerPhone)
                    .containsExactly(false);
        });
    }

    @Test
    void the_same_idempotency_key_makes_one_campaign() {
        // Given
        String body = Json.write(campaignBody(Map.of()));
        String first = post(body).extract().path("id");

        // Then
        post(body).header("Idempotency-Replayed", equalTo("true")).body("id", equalTo(first));
        as(user, "viewer").get("/api/v1/campaigns").then().body("items", hasSize(1));
    }

    @Test
    void the_documentation_names_every_endpoint() {
        RestAssured.get("/docs/campaign/openapi")
                .then()
                .statusCode(200)
                .body(containsString("/api/v1/campaigns/{id}/report"))
                .body(not(containsString("CampaignMoved")));
    }

    private ValidatableResponse post(String body) {
        return operator(user)
                .header("Idempotency-Key", "black-friday")
                .body(body)
                .post("/api/v1/campaigns")
                .then()
                .statusCode(201);
    }

    private void move(CampaignId campaign, String move, int status) {
        operator(user).post("/api/v1/campaigns/" + campaign + "/" + move).then().statusCode(status);
    }

    private void refused(Map<String, Object> fields, String named) {
        operator(user)
                .body(Json.write(campaignBody(fields)))
                .post("/api/v1/campaigns")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations.field", contains(named));
    }
}
