package io.siaran.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The custom resources of Strimzi, KEDA and the Prometheus operator, by the schemas of their definitions ({@code crds/}). */
final class CustomResources {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> OF_EVERY_OBJECT = List.of("apiVersion", "kind", "metadata");

    private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

    List<String> faults(JsonNode object) {
        String apiVersion = object.path("apiVersion").asText();
        String kind = object.path("kind").asText();
        JsonNode definition = definition(kind);
        if (definition == null
                || !apiVersion.startsWith(definition.path("group").asText() + "/")) {
            return List.of("no schema for " + apiVersion + " " + kind);
        }
        String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        if (!definition.path("versions").has(version)) {
            return List.of("no version " + version);
        }
        JsonSchema schema = schemas.computeIfAbsent(
                apiVersion + kind, _ -> strict(definition.path("versions").path(version)));
        return schema.validate(object).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    private static JsonNode definition(String kind) {
        String file = "/crds/" + kind.toLowerCase(Locale.ROOT) + ".json";
        try (InputStream in = CustomResources.class.getResourceAsStream(file)) {
            return in == null ? null : JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonSchema strict(JsonNode schema) {
        ObjectNode copy = schema.deepCopy();
        ObjectNode properties = (ObjectNode) copy.get("properties");
        // The API server adds these to every kind.
        OF_EVERY_OBJECT.forEach(each -> properties.putObject(each));
        refuseWhatIsUnknown(copy);
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(copy);
    }

    /** As the API server does with strict field validation. */
    private static void refuseWhatIsUnknown(JsonNode schema) {
        if (schema instanceof ObjectNode node) {
            if (node.path("x-kubernetes-int-or-string").asBoolean()) {
                node.remove("type");
                node.putArray("type").add("integer").add("string");
            }
            boolean isOpen =
                    node.path("x-kubernetes-preserve-unknown-fields").asBoolean() || node.has("additionalProperties");
            if (node.path("properties").isObject() && !isOpen) {
                node.put("additionalProperties", false);
            }
        }
        schema.forEach(CustomResources::refuseWhatIsUnknown);
    }
}
