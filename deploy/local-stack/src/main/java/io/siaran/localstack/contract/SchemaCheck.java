package io.siaran.localstack.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Checks JSON by a schema of OpenAPI 3.0. Stricter than the standard in one thing: a property that the schema does not name
 * is an objection, unless additional ones are documented.
 */
final class SchemaCheck {

    private static final Map<String, Consumer<String>> FORMATS = Map.of(
            "uuid", UUID::fromString,
            "date", LocalDate::parse,
            "date-time", OffsetDateTime::parse,
            "time", LocalTime::parse,
            "local-time", LocalTime::parse,
            "duration", Duration::parse);

    private final ApiDocument document;
    private final List<String> objections = new ArrayList<>();

    SchemaCheck(ApiDocument document) {
        this.document = document;
    }

    List<String> objections(JsonNode schema, JsonNode value) {
        check("body", schema, value);
        return objections;
    }

    private void check(String path, JsonNode reference, JsonNode value) {
        JsonNode schema = document.resolved(reference);
        if (value.isNull()) {
            if (!isNullable(schema)) {
                objections.add(path + " is null and not nullable");
            }
            return;
        }
        List<JsonNode> parts = parts(schema);
        if (!parts.isEmpty()) {
            combined(path, schema, parts, value);
            return;
        }
        enumeration(path, schema, value);
        switch (schema.path("type").asText("")) {
            case "object" -> object(path, schema, value);
            case "array" -> array(path, schema, value);
            case "string" -> string(path, schema, value);
            case "integer" -> {
                require(value.isIntegralNumber(), path + " must be a whole number");
                bounds(path, schema, value);
            }
            case "number" -> {
                require(value.isNumber(), path + " must be a number");
                bounds(path, schema, value);
            }
            case "boolean" -> require(value.isBoolean(), path + " must be true or false");
            default -> {}
        }
    }

    private boolean isNullable(JsonNode schema) {
        return schema.path("nullable").asBoolean()
                || schema.isEmpty()
                || parts(schema).stream().anyMatch(part -> isNullable(document.resolved(part)) || isOnlyNull(part));
    }

    /** How a nullable reference is written in OpenAPI 3.0: as a choice between it and nothing but null. */
    private static boolean isOnlyNull(JsonNode part) {
        return part.path("enum").size() == 1 && part.path("enum").get(0).isNull();
    }

    private static List<JsonNode> parts(JsonNode schema) {
        List<JsonNode> parts = new ArrayList<>();
        for (String kind : List.of("allOf", "anyOf", "oneOf")) {
            schema.path(kind).forEach(parts::add);
        }
        return parts;
    }

    private void combined(String path, JsonNode schema, List<JsonNode> parts, JsonNode value) {
        List<List<String>> found = parts.stream()
                .filter(part -> !isOnlyNull(part))
                .map(part -> new SchemaCheck(document).at(path, part, value))
                .toList();
        boolean all = schema.has("allOf");
        boolean right =
                all ? found.stream().allMatch(List::isEmpty) : found.stream().anyMatch(List::isEmpty);
        if (!right) {
            found.forEach(objections::addAll);
        }
    }

    private List<String> at(String path, JsonNode schema, JsonNode value) {
        check(path, schema, value);
        return objections;
    }

    private void enumeration(String path, JsonNode schema, JsonNode value) {
        JsonNode words = schema.path("enum");
        if (words.isArray()) {
            boolean known = false;
            for (JsonNode word : words) {
                known |= word.equals(value);
            }
            require(known, path + " is none of the documented words: " + value);
        }
    }

    private void object(String path, JsonNode schema, JsonNode value) {
        if (!value.isObject()) {
            objections.add(path + " must be an object");
            return;
        }
        size(path, schema, "Properties", value.size());
        JsonNode properties = schema.path("properties");
        JsonNode additional = schema.path("additionalProperties");
        schema.path("required")
                .forEach(name -> require(value.has(name.asText()), path + "." + name.asText() + " is missing"));
        value.properties().forEach(field -> {
            String inner = path + "." + field.getKey();
            boolean absent = field.getValue().isNull() && !isRequired(schema, field.getKey());
            if (absent && properties.path(field.getKey()).has("$ref")) {
                // OpenAPI 3.0 has no way to say beside a reference that it may be null.
                return;
            }
            if (properties.has(field.getKey())) {
                check(inner, properties.get(field.getKey()), field.getValue());
            } else if (additional.isObject()) {
                check(inner, additional, field.getValue());
            } else {
                boolean open = additional.asBoolean() || (properties.isMissingNode() && !schema.has("required"));
                require(open, inner + " is not documented");
            }
        });
    }

    private static boolean isRequired(JsonNode schema, String name) {
        for (JsonNode required : schema.path("required")) {
            if (required.asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private void array(String path, JsonNode schema, JsonNode value) {
        if (!value.isArray()) {
            objections.add(path + " must be a list");
            return;
        }
        size(path, schema, "Items", value.size());
        for (int i = 0; i < value.size(); i++) {
            check(path + "[" + i + "]", schema.path("items"), value.get(i));
        }
    }

    private void string(String path, JsonNode schema, JsonNode value) {
        if (!value.isTextual()) {
            objections.add(path + " must be a text");
            return;
        }
        String text = value.textValue();
        if (schema.has("pattern")) {
            require(
                    Pattern.compile(schema.path("pattern").asText())
                            .matcher(text)
                            .find(),
                    path + " is not of its pattern");
        }
        size(path, schema, "Length", text.codePointCount(0, text.length()));
        Consumer<String> format = FORMATS.get(schema.path("format").asText(""));
        if (format != null) {
            try {
                format.accept(text);
            } catch (RuntimeException otherwise) {
                objections.add(path + " is no " + schema.path("format").asText());
            }
        }
    }

    private void bounds(String path, JsonNode schema, JsonNode value) {
        BigDecimal number = value.decimalValue();
        if (schema.has("minimum")) {
            int order = number.compareTo(schema.get("minimum").decimalValue());
            boolean exclusive = schema.path("exclusiveMinimum").asBoolean();
            require(exclusive ? order > 0 : order >= 0, path + " is below its minimum");
        }
        if (schema.has("maximum")) {
            int order = number.compareTo(schema.get("maximum").decimalValue());
            boolean exclusive = schema.path("exclusiveMaximum").asBoolean();
            require(exclusive ? order < 0 : order <= 0, path + " is above its maximum");
        }
    }

    /** @param of what is counted: {@code Length}, {@code Items} or {@code Properties} */
    private void size(String path, JsonNode schema, String of, int size) {
        require(size >= schema.path("min" + of).asInt(0), path + " is shorter than its min" + of);
        require(size <= schema.path("max" + of).asInt(Integer.MAX_VALUE), path + " is longer than its max" + of);
    }

    private void require(boolean right, String objection) {
        if (!right) {
            objections.add(objection);
        }
    }
}
