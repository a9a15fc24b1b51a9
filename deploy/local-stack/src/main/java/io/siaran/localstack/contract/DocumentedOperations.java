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

    /** What a status is of little use without. */
    private static final Map<String, String> HEADERS =
            Map.of("201", "Location", "405", "Allow", "409", "Retry-After", "429", "Retry-After", "503", "Retry-After");

    /** Answers that are put together of many objects, each of which has a version of its own. */
    private static final Set<String> SUMMARIES =
            Set.of("get /api/v1/people/{phone}", "get /api/v1/sequences/by-lead/{lead_id}");

    private final JsonNode root;
    private final List<String> gaps = new ArrayList<>();

    private DocumentedOperations(JsonNode root) {
        this.root = root;
    }

    /** One line for each operation without operation id, role, described tag, 2xx with a schema, a common problem or its
     * headers, for each object without a version and the time of its last change, and for each property as {@link DocumentedSchemas} says. */
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
        tags();
        gaps.addAll(new DocumentedSchemas(new ApiDocument(root)).gaps());
        return gaps;
    }

    private void operation(String name, JsonNode operation, Set<String> ids) {
        require(operation, "operationId", name);
        require(operation, "summary", name);
        require(operation, "tags", name);
        // A secret in the path, or that of a link page, stands for a token.
        if (!name.endsWith("/{secret}") && !name.contains("/devices/{id}/link")) {
            require(operation, "security", name);
            answers(name, operation, "401", "403", "429");
        }
        if (name.startsWith("get ") && name.endsWith("}") && !SUMMARIES.contains(name)) {
            versioned(name, operation.path("responses").path("200"));
        }
        answers(name, operation, "400", "406", "500", "503");
        if (name.contains("{")) {
            answers(name, operation, "404");
        }
        if (operation.has("requestBody")) {
            answers(name, operation, "413", "415");
        }
        operation
                .path("security")
                .forEach(each -> each.forEach(roles -> {
                    if (roles.isEmpty()) {
                        gaps.add(name + ": no role");
                    }
                }));
        operation.path("responses").properties().forEach(each -> response(name, each.getKey(), each.getValue()));
        if (!ids.add(operation.path("operationId").asText())) {
            gaps.add(name + ": its operationId is another's too");
        }
        boolean right = operation.path("responses").properties().stream()
                .filter(each -> each.getKey().startsWith("2"))
                .anyMatch(each -> each.getKey().equals("204") || hasSchema(each.getValue()));
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

    /** What one object is answered with. */
    private void versioned(String name, JsonNode response) {
        if (!response.path("headers").has("ETag")) {
            gaps.add(name + ": no ETag");
        }
        JsonNode schema = response.path("content").path("application/json").path("schema");
        if (!new ApiDocument(root).resolved(schema).path("properties").has("updated_at")) {
            gaps.add(name + ": no updated_at");
        }
    }

    private void answers(String name, JsonNode operation, String... statuses) {
        for (String status : statuses) {
            if (!operation.path("responses").has(status)) {
                gaps.add(name + ": no " + status);
            }
        }
    }

    private void response(String name, String status, JsonNode reference) {
        if (!status.matches("[1-5]\\d\\d")) {
            gaps.add(name + ": " + status + " is no status");
            return;
        }
        JsonNode response = new ApiDocument(root).resolved(reference);
        response.fieldNames().forEachRemaining(member -> {
            if (member.startsWith("x-")) {
                gaps.add(name + " " + status + ": " + member + " says nothing of an answer");
            }
        });
        String header = HEADERS.get(status);
        if (header != null && !response.path("headers").has(header)) {
            gaps.add(name + " " + status + ": no header " + header);
        }
        if (status.compareTo("400") >= 0 && !response.path("content").has("application/problem+json")) {
            gaps.add(name + " " + status + ": no problem+json");
        }
    }

    /** Of one style, and each with a text for who reads the list of them. */
    private void tags() {
        root.path("tags").forEach(tag -> {
            String name = tag.path("name").asText();
            require(tag, "description", "tag " + name);
            if (!name.matches("[a-z]+(-[a-z]+)*")) {
                gaps.add("tag " + name + ": is not written as the others are");
            }
        });
    }

    private static boolean hasSchema(JsonNode response) {
        for (JsonNode media : response.path("content")) {
            if (media.has("schema")) {
                return true;
            }
        }
        return false;
    }

    private void require(JsonNode node, String member, String name) {
        JsonNode value = node.path(member);
        if (value.isMissingNode() || (value.isTextual() && value.textValue().isBlank())) {
            gaps.add(name + ": no " + member);
        }
    }
}
