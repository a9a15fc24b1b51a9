package io.siaran.localstack.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the schemas of a document leave out: a description or an example of a property, an example that is of another schema,
 * and of what may be sent the longest text, the longest list, and the least and the greatest number.
 */
final class DocumentedSchemas {

    private static final String PREFIX = "#/components/schemas/";
    private static final List<String> BOUNDED = List.of("maxLength", "enum", "format", "pattern", "readOnly");

    private final ApiDocument document;
    private final List<String> gaps = new ArrayList<>();

    DocumentedSchemas(ApiDocument document) {
        this.document = document;
    }

    List<String> gaps() {
        Set<String> sent = sent();
        schemas()
                .properties()
                .forEach(schema -> schema.getValue()
                        .path("properties")
                        .properties()
                        .forEach(property -> property(
                                schema.getKey() + "." + property.getKey(),
                                property.getValue(),
                                sent.contains(schema.getKey()))));
        return gaps;
    }

    private JsonNode schemas() {
        return document.root().path("components").path("schemas");
    }

    private void property(String name, JsonNode property, boolean sent) {
        // What stands beside a reference is ignored by OpenAPI 3.0: it is described by what it refers to.
        if (!property.has("$ref")) {
            if (property.path("description").asText().isBlank()) {
                gaps.add(name + ": no description");
            }
            example(name, property);
        }
        if (sent) {
            bounds(name, property);
        }
    }

    private void example(String name, JsonNode property) {
        JsonNode example = property.path("example");
        if (example.isMissingNode() && !property.has("enum")) {
            gaps.add(name + ": no example");
        } else if (!example.isMissingNode()) {
            new SchemaCheck(document)
                    .objections(property, example)
                    .forEach(objection -> gaps.add(name + ": its example is otherwise: " + objection));
        }
    }

    private void bounds(String name, JsonNode property) {
        JsonNode schema = document.resolved(property);
        boolean refers = Stream.of("allOf", "anyOf", "oneOf").anyMatch(schema::has);
        String type = schema.path("type").asText();
        if (!refers && type.equals("string") && BOUNDED.stream().noneMatch(schema::has)) {
            gaps.add(name + ": no longest text");
        }
        numbers(name, schema);
        JsonNode items = document.resolved(schema.path("items"));
        numbers(name + "[]", items);
        boolean words = items.has("enum");
        if (type.equals("array")
                && !words
                && !schema.has("maxItems")
                && !schema.path("readOnly").asBoolean()) {
            gaps.add(name + ": no longest list");
        }
    }

    private void numbers(String name, JsonNode schema) {
        String type = schema.path("type").asText();
        boolean isNumber = type.equals("integer") || type.equals("number");
        if (isNumber && !schema.path("readOnly").asBoolean() && !(schema.has("minimum") && schema.has("maximum"))) {
            gaps.add(name + ": no least or no greatest number");
        }
    }

    /** The schemas that are part of what may be sent. */
    private Set<String> sent() {
        Set<String> sent = new HashSet<>();
        document.root()
                .path("paths")
                .forEach(path -> path.forEach(operation -> collect(operation.path("requestBody"), sent)));
        return sent;
    }

    private void collect(JsonNode node, Set<String> into) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String text = member.getValue().asText();
            if (member.getKey().equals("$ref") && text.startsWith(PREFIX)) {
                String name = text.substring(PREFIX.length());
                if (into.add(name)) {
                    collect(schemas().path(name), into);
                }
            }
            collect(member.getValue(), into);
        }
        if (node.isArray()) {
            node.forEach(each -> collect(each, into));
        }
    }
}
