package io.siaran.campaign.planning;

import static io.siaran.campaign.Cast.as;
import static io.siaran.campaign.Cast.campaign;
import static io.siaran.campaign.Cast.campaignBody;
import static io.siaran.campaign.Cast.operator;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.campaign.Cast;
import io.siaran.localstack.TestServers;
import io.siaran.model.CampaignId;
import io.siaran.model.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong reading of a campaign would send: whatever is not written as it should be is refused, and nothing is planned. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class CampaignBodyTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String user = Cast.newUser();

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "target_status | 1",
                "target_status | \"1\"",
                "target_status | \"Customer\"",
                "anti_spam | 2",
                "anti_spam | \"\"",
                "check_numbers | \"true\"",
                "offline_devices | 0",
                "duplicate_phones | true",
                "late_policy | []",
                "campaign_date | 20785",
                "campaign_date | \"20785\"",
                "campaign_date | [2027,1,1]",
                "campaign_date | \"2027-03-27T16:00:00.000Z\"",
                "campaign_date | \"2027-02-30\"",
                "campaign_date | \"\"",
                "time_zone | \"\"",
                "time_zone | \" \"",
                "time_zone | \"+08:00\"",
                "time_zone | 8",
                "time_schedule | \"24:00\"",
                "time_schedule | [10,0]",
                "time_schedule | 600",
                "time_schedule | \"10\"",
                "time_schedule | \"10:00:30\"",
                "time_schedule | \"\"",
                "send_until | \"24:00\"",
                "send_until | [18,0]",
                "send_until | \"\"",
                "title | true",
                "title | 1",
                "title | \"a\\nb\"",
                "title | \"a\\u0000b\"",
                "message | \"a\\u0000b\"",
                "message | \"half \\ud83d\"",
                "message | [\"a\"]",
                "niche | 5",
                "niche | \"a\\u0007b\"",
                "niche | \"\\u00a0\\u200b\"",
                "image_url | {}",
                "min_delay_seconds | \"5\"",
                "min_delay_seconds | 5.5",
                "min_delay_seconds | true",
                "expire_after | 7",
                "expire_after | \"\"",
            })
    void a_value_of_another_kind_is_refused_by_its_name(String field, String json) {
        ObjectNode body = MAPPER.valueToTree(campaignBody(Map.of("max_delay_seconds", 9, "min_delay_seconds", 1)));
        body.remove(field);
        String others = body.toString();
        operator(user)
                .body("{\"" + field + "\":" + json + "," + others.substring(1))
                .post("/api/v1/campaigns")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid_request"))
                .body("violations.field", contains(field));
        as(user, "viewer").get("/api/v1/campaigns").then().body("items", hasSize(0));
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        operator(user)
                .body(
                        "{\"title\":1,\"message\":\"\",\"niche\":\"a,b\",\"time_zone\":\"\",\"campaign_date\":3,\"nische\":1}")
                .post("/api/v1/campaigns")
                .then()
                .statusCode(400)
                .body(
                        "violations.field",
                        containsInAnyOrder(
                                "title", "message", "niche", "time_zone", "campaign_date", "nische", "time_schedule"));
    }

    @Test
    void a_key_that_comes_twice_is_refused() {
        String body = Json.write(campaignBody(Map.of()));
        operator(user)
                .body(body.substring(0, body.length() - 1) + ",\"niche\":\"other\"}")
                .post("/api/v1/campaigns")
                .then()
                .statusCode(400)
                .body("violations.code", contains("duplicate_field"));
    }

    @Test
    void what_only_answers_have_is_unknown_to_a_post() {
        operator(user)
                .body(Json.write(campaignBody(Map.of("run", 5, "status", "completed"))))
                .post("/api/v1/campaigns")
                .then()
                .statusCode(400)
                .body("violations.field", containsInAnyOrder("run", "status"));
    }

    @Test
    void a_change_that_means_an_older_state_is_refused() {
        // Given
        CampaignId campaign = campaign(user, Map.of());
        String path = "/api/v1/campaigns/" + campaign;
        String tag =
                as(user, "viewer").get(path).then().statusCode(200).extract().header("ETag");
        String changed = operator(user)
                .header("If-Match", tag)
                .body("{\"title\":\"Raya\"}")
                .patch(path)
                .then()
                .statusCode(200)
                .extract()
                .header("ETag");

        // Then
        operator(user)
                .header("If-Match", tag)
                .body("{\"title\":\"x\"}")
                .patch(path)
                .then()
                .statusCode(412);
        operator(user).header("If-Match", tag).delete(path).then().statusCode(412);
        operator(user).header("If-Match", changed).delete(path).then().statusCode(204);
    }
}
