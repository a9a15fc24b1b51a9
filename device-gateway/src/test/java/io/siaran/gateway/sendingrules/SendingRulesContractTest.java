package io.siaran.gateway.sendingrules;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.gateway.Cast;
import io.siaran.localstack.TestServers;
import io.siaran.model.UserId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code /sending-rules} takes and answers, as the contract says. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class SendingRulesContractTest {

    private static final String RULES = "/api/v1/sending-rules";

    private final UserId shop = new UserId("kedai-" + UUID.randomUUID());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "holidays|0",
                "rest_days|true",
                "friday_prayer|\"yes\"",
                "rate_per_minute|0",
                "rate_per_minute|1.5",
                "quiet_hours[0].until|[{\"from\":\"22:00\",\"until\":\"22:00\"}]",
                "quiet_hours[0].from|[{\"from\":\"24:00\",\"until\":\"07:00\"}]",
                "unknown|1"
            })
    void a_value_that_could_be_read_wrongly_is_refused_by_its_name(String field, String json) {
        put("{\"" + field.replaceFirst("\\[.*", "") + "\":" + json + "}", null)
                .statusCode(400)
                .body("violations.field", hasItem(field));
    }

    @Test
    void what_get_answered_can_be_put_back_by_who_saw_the_newest() {
        // Given
        put("{\"holidays\":\"kedah\",\"rest_days\":true,\"rate_per_minute\":60}", null)
                .statusCode(200);
        ValidatableResponse seen = Cast.as(shop, "viewer").get(RULES).then().statusCode(200);
        String body = seen.extract().asString();
        String tag = seen.body("updated_at", notNullValue()).extract().header("ETag");

        // When // Then
        put(body, tag).statusCode(200).body("holidays", equalTo("kedah")).body("rate_per_minute", equalTo(60));
        put(body, tag).statusCode(412);
        put(body, "*").statusCode(200);
    }

    @Test
    void rules_that_leave_no_time_to_send_get_a_warning() {
        put(
                        "{\"quiet_hours\":[{\"from\":\"22:00\",\"until\":\"07:00\"},{\"from\":\"07:00\",\"until\":\"22:00\"}]}",
                        null)
                .statusCode(200)
                .body("warnings.code", contains("always_quiet"));
    }

    private ValidatableResponse put(String body, String ifMatch) {
        var request = Cast.as(shop, "operator").body(body);
        return (ifMatch == null ? request : request.header("If-Match", ifMatch))
                .put(RULES)
                .then();
    }
}
