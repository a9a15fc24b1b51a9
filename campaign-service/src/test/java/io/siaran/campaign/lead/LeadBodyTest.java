package io.siaran.campaign.lead;

import static io.siaran.campaign.Cast.as;
import static io.siaran.campaign.Cast.lead;
import static io.siaran.campaign.Cast.operator;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.campaign.Cast;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong reading of a lead writes to a stranger: whatever is not clearly one number, name or list is refused. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class LeadBodyTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Inject
    Cast cast;

    private final String user = Cast.newUser();
    private DeviceId merah;

    @BeforeEach
    void link() {
        merah = cast.device(user);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "phone | \"012-345XXXX\"",
                "phone | \"+60123456XXX\"",
                "phone | \"+62 812 3456 78 (Ali)\"",
                "phone | \"62812345670.0\"",
                "phone | 62812345671.0",
                "phone | 60123456701",
                "phone | \"0123456734;0133456734\"",
                "phone | \"0123456736 x2\"",
                "phone | \"03-2161 1235 ext 12\"",
                "phone | \"0123456734 / 0133456734\"",
                "phone | \"\"",
                "phone | []",
                "target_status | 1",
                "target_status | \"all\"",
                "target_status | \"\"",
                "name | true",
                "name | 1",
                "name | \"Ani\\nBudi\"",
                "name | \"Ani\\u0000\"",
                "name | \"\\udc00Ani\"",
                "niche | [\"a\"]",
                "niche | \"a\\u0001b\"",
                "trigger | 3",
                "device_id | \"\"",
                "device_id | 1",
                "attributes | \"plan\"",
                "attributes | []",
            })
    void a_value_of_another_kind_is_refused_by_its_name(String field, String json) {
        ObjectNode body =
                MAPPER.createObjectNode().put("device_id", merah.toString()).put("phone", Cast.ANI);
        body.remove(field);
        String others = body.toString();
        operator(user)
                .body("{\"" + field + "\":" + json + "," + others.substring(1))
                .post("/api/v1/leads")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations.field", contains(field));
        as(user, "viewer").get("/api/v1/leads").then().body("items", hasSize(0));
    }

    @Test
    void attributes_are_flat_texts_within_their_limits() {
        // Given
        LeadId ani = lead(user, merah, Cast.ANI);

        // Then
        refused(ani, "{\"plan\":1}", "attributes.plan");
        refused(ani, "{\"plan\":{\"a\":\"b\"}}", "attributes.plan");
        refused(ani, "{\"Plan\":\"gold\"}", "attributes.Plan");
        refused(ani, "{\"plan\":\"" + "x".repeat(256) + "\"}", "attributes.plan");
        StringBuilder many = new StringBuilder("{\"a\":\"x\"");
        for (int i = 0; i < 20; i++) {
            many.append(",\"a").append(i).append("\":\"x\"");
        }
        refused(ani, many.append('}').toString(), "attributes");
        as(user, "viewer").get("/api/v1/leads/" + ani).then().body("attributes", equalTo(Map.of()));
    }

    @Test
    void a_change_that_means_an_older_state_is_refused() {
        // Given
        String path = "/api/v1/leads/" + lead(user, merah, Cast.ANI);
        String tag =
                as(user, "viewer").get(path).then().statusCode(200).extract().header("ETag");
        operator(user)
                .header("If-Match", tag)
                .body("{\"name\":\"Ani\",\"niche\":\"food\"}")
                .patch(path)
                .then()
                .statusCode(200);

        // Then
        operator(user)
                .header("If-Match", tag)
                .body("{\"name\":\"x\"}")
                .patch(path)
                .then()
                .statusCode(412)
                .body("code", equalTo("precondition_failed"));
        operator(user).header("If-Match", tag).delete(path).then().statusCode(412);
        operator(user).header("If-Match", "*").delete(path).then().statusCode(204);
    }

    private void refused(LeadId lead, String attributes, String field) {
        operator(user)
                .body("{\"attributes\":" + attributes + "}")
                .patch("/api/v1/leads/" + lead)
                .then()
                .statusCode(400)
                .body("violations.field", contains(field));
    }
}
