package io.siaran.localstack.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an OpenAPI document leaves out. A test of each service asks for it:
 * {@code assertThat(DocumentedOperations.gaps("/docs/campaign/openapi")).isEmpty();}
 */
public final class DocumentedOperations {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private final JsonNode root;
    private final List<String> gaps = new ArrayList<>();

    private DocumentedOperations(JsonNode root) {
        this.root = root;
    }

    /** One line for each operation or property without description, example, operation id, role, or 2xx with a schema. */
    public static List<String> gaps(String document) {
        try {
            String json = RestAssured.given()
                    .noFilters()
                    .get(document + "?format=json")
                    .asString();
            return new DocumentedOperations(new ObjectMapper().readTree(json)).all();
        } catch (IOException noJson) {
            throw new AssertionError("the document cannot be read", noJson);
        }
    }

    private List<String> all() {
        Set<String> ids = new HashSet<>();
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(each ->
                                METHODS.contains(each.getKey()) && path.getKey().startsWith("/api/"))
                        .forEach(each -> operation(each.getKey() + " " + path.getKey(), each.getValue(), ids)));
        root.path("components").path("schemas").properties().forEach(this::schema);
        return gaps;
    }

    private void operation(String name, JsonNode operation, Set<String> ids) {
        require(operation, "operationId", name);
        require(operation, "summary", name);
        require(operation, "tags", name);
        // A secret in the path, or that of a link page, stands for a token.
        if (!name.endsWith("/{secret}") && !name.contains("/devices/{id}/link")) {
            require(operation, "security", name);
        }
        if (!ids.add(operation.path("operationId").asText())) {
            gaps.add(name + ": its operationId is another's too");
        }
        boolean right = operation.path("responses").properties().stream()
                .filter(each -> each.getKey().startsWith("2"))
                .anyMatch(each ->
                        each.getKey().equals("204") || each.getKey().equals("202") || hasSchema(each.getValue()));
        if (!right) {
            gaps.add(name + ": no 2xx with a schema");
        }
        operation
                .path("parameters")
                .forEach(each -> require(
                        each.has("$ref") ? root.at(each.get("$ref").asText().substring(1)) : each,
                        "description",
                        name + " " + each.path("name").asText()));
    }

    private static boolean hasSchema(JsonNode response) {
        for (JsonNode media : response.path("content")) {
            if (media.has("schema")) {
                return true;
            }
        }
        return false;
    }

    private void schema(Map.Entry<String, JsonNode> schema) {
        schema.getValue().path("properties").properties().forEach(property -> {
            String name = schema.getKey() + "." + property.getKey();
            JsonNode value = property.getValue();
            boolean refers = value.has("$ref") || value.has("allOf") || value.has("anyOf");
            if (!refers) {
                require(value, "description", name);
            }
            boolean nested = refers || value.path("type").asText().matches("array|object");
            if (!nested && !value.has("enum")) {
                require(value, "example", name);
            }
        });
    }

    private void require(JsonNode node, String member, String name) {
        JsonNode value = node.path(member);
        if (value.isMissingNode() || (value.isTextual() && value.textValue().isBlank())) {
            gaps.add(name + ": no " + member);
        }
    }
}
