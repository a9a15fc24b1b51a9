package io.siaran.localstack.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** An OpenAPI document, as far as tests ask it. */
record ApiDocument(JsonNode root) {

    private static final String REFERENCE = "$ref";

    /** The operation that answers this request: of several templates the one with the fewest parameters. */
    Optional<JsonNode> operation(String method, String path) {
        return root.path("paths").properties().stream()
                .filter(each -> pattern(each.getKey()).matcher(path).matches())
                .filter(each -> each.getValue().has(method.toLowerCase(Locale.ROOT)))
                .min(Comparator.comparingInt(each -> each.getKey().split("\\{", -1).length))
                .map(Map.Entry::getValue)
                .map(item -> item.get(method.toLowerCase(Locale.ROOT)));
    }

    Optional<JsonNode> response(JsonNode operation, int status) {
        return Optional.ofNullable(operation.path("responses").get(String.valueOf(status)))
                .map(this::resolved);
    }

    /** What every operation answers with this status, when it answers with it. */
    Optional<JsonNode> commonProblem(int status) {
        return Optional.ofNullable(root.path("components").path("responses").get("Problem" + status))
                .map(this::resolved);
    }

    /** What a reference stands for; anything else is itself. */
    JsonNode resolved(JsonNode node) {
        return node.has(REFERENCE)
                ? resolved(root.at(node.get(REFERENCE).textValue().substring(1)))
                : node;
    }

    private static Pattern pattern(String template) {
        return Pattern.compile(template.replaceAll("\\{[^}]*}", "[^/]+"));
    }
}
