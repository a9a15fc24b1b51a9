package io.siaran.localstack.frontdoor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Makes one OpenAPI document of the documents of several services. What two of them define alike stands once; what two of
 * them call by the same name and define differently gets the name of its service before it. Paths and components are in
 * alphabetical order. The answer depends on the documents alone, so that it can be compared with a committed one.
 */
public final class MergedApi {

    private static final List<String> METHODS =
            List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private final Map<String, ObjectNode> documents = new LinkedHashMap<>();

    private MergedApi(Map<String, ? extends JsonNode> documents) {
        documents.forEach((service, document) -> this.documents.put(service, document.deepCopy()));
    }

    /**
     * Merges the documents, given by the short name of their service ({@code campaign}), in this order.
     *
     * @throws IllegalStateException when two services answer for the same path, are of different versions of OpenAPI, or
     *     define the same security scheme differently
     */
    public static ObjectNode of(Map<String, ? extends JsonNode> documents) {
        return new MergedApi(documents).merge();
    }

    private ObjectNode merge() {
        AmbiguousNames ambiguous = AmbiguousNames.in(documents.values());
        documents.forEach((service, document) -> ambiguous.qualify(document, service));
        qualifyOperations();
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        merged.set("openapi", version());
        merged.set("info", info());
        merged.set("servers", servers());
        member("security").forEach(security -> merged.set("security", security));
        merged.set("tags", tags());
        merged.set("paths", paths());
        merged.set("components", components());
        return merged;
    }

    private List<JsonNode> member(String name) {
        return documents.values().stream()
                .map(document -> document.get(name))
                .filter(Objects::nonNull)
                .toList();
    }

    private JsonNode version() {
        List<JsonNode> versions = member("openapi").stream().distinct().toList();
        if (versions.size() != 1) {
            throw new IllegalStateException("the documents are of different versions of OpenAPI: " + versions);
        }
        return versions.getFirst();
    }

    private ObjectNode info() {
        ObjectNode info = JsonNodeFactory.instance.objectNode();
        info.put("title", "Siaran");
        info.put("description", "WhatsApp campaigns and sequences over a fleet of devices: the API of all services.");
        info.putObject("license").put("name", "Apache-2.0").put("url", "https://www.apache.org/licenses/LICENSE-2.0");
        info.put("version", member("info").getFirst().path("version").asText());
        return info;
    }

    private JsonNode servers() {
        JsonNode here = JsonNodeFactory.instance
                .arrayNode()
                .add(JsonNodeFactory.instance.objectNode().put("url", "/"));
        return member("servers").stream().findFirst().orElse(here);
    }

    private JsonNode tags() {
        Map<String, JsonNode> byName = new LinkedHashMap<>();
        member("tags")
                .forEach(tags ->
                        tags.forEach(tag -> byName.putIfAbsent(tag.path("name").asText(), tag)));
        return JsonNodeFactory.instance.arrayNode().addAll(byName.values());
    }

    private JsonNode paths() {
        Map<String, JsonNode> paths = new TreeMap<>();
        member("paths")
                .forEach(each -> each.properties().forEach(path -> {
                    if (paths.put(path.getKey(), path.getValue()) != null) {
                        throw new IllegalStateException("two services answer for " + path.getKey());
                    }
                }));
        return object(paths);
    }

    private JsonNode components() {
        Map<String, Map<String, JsonNode>> sections = new TreeMap<>();
        member("components")
                .forEach(each -> each.properties()
                        .forEach(section -> section.getValue()
                                .properties()
                                .forEach(component -> sections.computeIfAbsent(section.getKey(), _ -> new TreeMap<>())
                                        .put(component.getKey(), component.getValue()))));
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        sections.forEach((section, components) -> merged.set(section, object(components)));
        return merged;
    }

    private static ObjectNode object(Map<String, JsonNode> members) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.setAll(members);
        return object;
    }

    /** An id of an operation is the name of a method in a client: it stands once. */
    private void qualifyOperations() {
        Map<String, Integer> times = new HashMap<>();
        documents
                .values()
                .forEach(document ->
                        operations(document).forEach(operation -> times.merge(id(operation), 1, Integer::sum)));
        documents.forEach((service, document) -> operations(document).stream()
                .filter(operation ->
                        times.get(id(operation)) > 1 && !id(operation).isEmpty())
                .forEach(operation -> operation.put("operationId", service + capitalized(id(operation)))));
    }

    private static List<ObjectNode> operations(ObjectNode document) {
        return document.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream())
                .filter(operation -> METHODS.contains(operation.getKey()))
                .map(operation -> (ObjectNode) operation.getValue())
                .toList();
    }

    private static String id(ObjectNode operation) {
        return operation.path("operationId").asText();
    }

    static String capitalized(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
