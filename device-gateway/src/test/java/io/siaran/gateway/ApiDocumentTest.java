package io.siaran.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The OpenAPI document says of everything what it is. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ApiDocumentTest {

    private static final List<String> OURS = List.of(
            "DeviceBody",
            "DeviceView",
            "TodayView",
            "HealthView",
            "CallbackView",
            "LinkView",
            "LinkProgress",
            "LinkQuestion",
            "PairingCode",
            "PhoneBody",
            "InboundView",
            "Taken",
            "QuietHours",
            "SendingRulesBody",
            "SendingRulesView",
            "Preview",
            "PreviewVariant",
            "PreviewRequest");

    @Test
    void every_property_has_a_description_and_every_simple_one_an_example() throws JsonProcessingException {
        // Given
        JsonNode schemas = document().at("/components/schemas");
        List<String> silent = new ArrayList<>();

        // When
        for (String name : OURS) {
            assertThat(schemas.has(name)).as(name).isTrue();
            for (Map.Entry<String, JsonNode> property :
                    schemas.get(name).path("properties").properties()) {
                String type = property.getValue().path("type").asText();
                boolean simple = !type.equals("array") && !type.equals("object");
                if (!property.getValue().has("description")
                        || (simple && !property.getValue().has("example"))) {
                    silent.add(name + "." + property.getKey() + " " + property.getValue());
                }
            }
        }

        // Then
        assertThat(silent).isEmpty();
    }

    @Test
    void every_operation_has_an_id_and_a_described_success() throws JsonProcessingException {
        // Given
        List<String> wrong = new ArrayList<>();

        // When
        for (Map.Entry<String, JsonNode> path : document().path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                JsonNode responses = operation.getValue().path("responses");
                boolean success = responses.has("204")
                        || Stream.of("200", "201", "202")
                                .flatMap(code -> responses.at("/" + code + "/content").properties().stream())
                                .anyMatch(type -> type.getValue().path("schema").isObject());
                if (path.getKey().startsWith("/api/v1/")
                        && !(operation.getValue().has("operationId") && success)) {
                    wrong.add(operation.getKey() + " " + path.getKey() + " " + responses);
                }
            }
        }

        // Then
        assertThat(wrong).isEmpty();
    }

    private static JsonNode document() throws JsonProcessingException {
        String json = given().accept("application/json")
                .get("/docs/gateway/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        return new ObjectMapper().readTree(json);
    }
}
