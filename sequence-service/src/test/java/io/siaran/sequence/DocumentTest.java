package io.siaran.sequence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The OpenAPI document of this service explains everything in it. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class DocumentTest {

    private static final Set<String> OURS = Set.of(
            "SequenceDocument", "SequenceView", "StepDocument", "ContactView", "Report", "StepReport", "DeviceReport");

    private final List<String> missing = new ArrayList<>();

    @Test
    void every_operation_has_an_id_and_every_property_a_description_and_an_example() throws Exception {
        // Given
        JsonNode document = new ObjectMapper()
                .readTree(given().get("/docs/sequence/openapi?format=json").asString());

        // When
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation ->
                                operation(operation.getKey() + " " + path.getKey(), operation.getValue())));
        document.path("components").path("schemas").properties().stream()
                .filter(schema -> OURS.contains(schema.getKey()))
                .forEach(schema -> schema.getValue()
                        .path("properties")
                        .properties()
                        .forEach(property -> property(schema.getKey() + "." + property.getKey(), property.getValue())));

        // Then
        assertThat(missing).isEmpty();
        assertThat(document.at("/components/schemas/SequenceView/properties").fieldNames())
                .toIterable()
                .contains("id", "name", "steps", "warnings", "created_at", "updated_at")
                .doesNotContain("document", "version");
        assertThat(document.at("/paths/~1api~1v1~1sequences/post/responses").fieldNames())
                .toIterable()
                .contains("201")
                .doesNotContain("200");
    }

    private void operation(String name, JsonNode operation) {
        require(name, operation, "operationId");
        require(name, operation, "summary");
        operation.path("parameters").forEach(parameter -> {
            if (!parameter.path("in").asText().equals("path")) {
                require(name + " ?" + parameter.path("name").asText(), parameter, "description");
            }
        });
    }

    private void property(String name, JsonNode property) {
        require(name, property, "description");
        boolean composed = property.has("items") || property.has("$ref") || property.has("allOf");
        // OpenAPI 3.0 has an example, 3.1 has examples.
        if (!composed && !property.has("examples")) {
            require(name, property, "example");
        }
    }

    private void require(String name, JsonNode node, String field) {
        if (node.path(field).isMissingNode() || node.path(field).asText("x").isEmpty()) {
            missing.add(name + " has no " + field);
        }
    }
}
