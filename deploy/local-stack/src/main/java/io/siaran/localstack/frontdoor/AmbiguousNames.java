package io.siaran.localstack.frontdoor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * The components that several documents call by the same name and mean differently: their definitions differ, or name
 * something that is ambiguous itself.
 */
final class AmbiguousNames {

    private static final String COMPONENTS = "#/components/";

    /** Each as it stands in a reference: {@code #/components/schemas/Page}. */
    private final Set<String> references;

    private AmbiguousNames(Set<String> references) {
        this.references = references;
    }

    static AmbiguousNames in(Collection<ObjectNode> documents) {
        Map<String, List<JsonNode>> shared = definitions(documents);
        shared.values().removeIf(definitions -> definitions.size() < 2);
        Set<String> ambiguous = new TreeSet<>();
        boolean grown;
        do {
            grown = false;
            for (Map.Entry<String, List<JsonNode>> each : shared.entrySet()) {
                List<JsonNode> definitions = each.getValue();
                if (new HashSet<>(definitions).size() > 1 || refersTo(definitions.getFirst(), ambiguous)) {
                    grown |= ambiguous.add(each.getKey());
                }
            }
        } while (grown);
        ambiguous.stream()
                .filter(name -> name.startsWith(COMPONENTS + "securitySchemes/"))
                .forEach(name -> {
                    throw new IllegalStateException("the services define " + name + " differently");
                });
        return new AmbiguousNames(ambiguous);
    }

    private static Map<String, List<JsonNode>> definitions(Collection<ObjectNode> documents) {
        Map<String, List<JsonNode>> definitions = new TreeMap<>();
        for (ObjectNode document : documents) {
            for (var section : document.path("components").properties()) {
                for (var component : section.getValue().properties()) {
                    String reference = COMPONENTS + section.getKey() + "/" + component.getKey();
                    definitions
                            .computeIfAbsent(reference, _ -> new ArrayList<>())
                            .add(component.getValue());
                }
            }
        }
        return definitions;
    }

    private static boolean refersTo(JsonNode definition, Set<String> references) {
        return definition.findValuesAsText("$ref").stream().anyMatch(references::contains);
    }

    /** Puts the service's name before each of them, in its definition and wherever the document refers to it. */
    void qualify(ObjectNode document, String service) {
        for (var section : document.path("components").properties()) {
            rename((ObjectNode) section.getValue(), COMPONENTS + section.getKey() + "/", service);
        }
        rewrite(document, reference -> qualified(reference, service));
    }

    private void rename(ObjectNode section, String prefix, String service) {
        for (String name : section.properties().stream().map(Map.Entry::getKey).toList()) {
            if (references.contains(prefix + name)) {
                section.set(MergedApi.capitalized(service) + name, section.remove(name));
            }
        }
    }

    private String qualified(String reference, String service) {
        int name = reference.lastIndexOf('/') + 1;
        return references.contains(reference)
                ? reference.substring(0, name) + MergedApi.capitalized(service) + reference.substring(name)
                : reference;
    }

    /** A reference is any text that is one: also the mapping of a discriminator has them. */
    private static void rewrite(JsonNode node, UnaryOperator<String> references) {
        if (node instanceof ObjectNode object) {
            for (var member : object.properties().stream().toList()) {
                JsonNode value = member.getValue();
                if (value.isTextual() && value.asText().startsWith(COMPONENTS)) {
                    object.put(member.getKey(), references.apply(value.asText()));
                } else {
                    rewrite(value, references);
                }
            }
        } else {
            node.forEach(each -> rewrite(each, references));
        }
    }
}
