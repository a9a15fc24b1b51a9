package io.siaran.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** Gives each list and each object of the document an example, made of the examples of its parts. */
final class DocumentedExamples {

    private final Map<String, Schema> schemas;

    private DocumentedExamples(Map<String, Schema> schemas) {
        this.schemas = schemas;
    }

    static void addTo(Components components) {
        if (components.getSchemas() == null) {
            return;
        }
        DocumentedExamples examples = new DocumentedExamples(components.getSchemas());
        examples.schemas.forEach((name, schema) -> {
            if (schema.getProperties() != null) {
                schema.getProperties().values().forEach(property -> examples.complete(property, name));
            }
        });
    }

    private void complete(Schema property, String owner) {
        // What says more than its reference is written as a choice, which has room for an example.
        boolean onlyRefers =
                property.getRef() != null && property.getType() == null && property.getDescription() == null;
        if (onlyRefers || given(property) != null) {
            return;
        }
        Object example = of(property, new TreeSet<>(Set.of(owner)));
        if (example != null) {
            property.setExample(example);
        }
    }

    /** @param within the schemas of which it is a part: one that contains itself ends there */
    private Object of(Schema schema, Set<String> within) {
        if (given(schema) != null) {
            return given(schema);
        }
        if (schema.getEnumeration() != null && !schema.getEnumeration().isEmpty()) {
            return schema.getEnumeration().getFirst();
        }
        if (schema.getRef() != null) {
            return ofReference(schema.getRef(), within);
        }
        if (schema.getAllOf() != null) {
            return ofAll(schema, within);
        }
        if (schema.getAnyOf() != null || schema.getOneOf() != null) {
            return ofFirst(schema.getAnyOf() != null ? schema.getAnyOf() : schema.getOneOf(), within);
        }
        if (schema.getItems() != null) {
            Object item = of(schema.getItems(), within);
            return item == null ? null : List.of(item);
        }
        return schema.getProperties() == null ? ofType(schema) : ofProperties(schema, within);
    }

    /** What an annotation says is kept as the first of several, as OpenAPI 3.1 has it. */
    private static Object given(Schema schema) {
        boolean several = schema.getExamples() != null && !schema.getExamples().isEmpty();
        return schema.getExample() == null && several ? schema.getExamples().getFirst() : schema.getExample();
    }

    private Object ofReference(String reference, Set<String> within) {
        String name = reference.substring(reference.lastIndexOf('/') + 1);
        if (within.contains(name) || !schemas.containsKey(name)) {
            return null;
        }
        Set<String> deeper = new TreeSet<>(within);
        deeper.add(name);
        return of(schemas.get(name), deeper);
    }

    private Map<String, Object> ofProperties(Schema schema, Set<String> within) {
        Map<String, Object> example = new LinkedHashMap<>();
        schema.getProperties().forEach((name, property) -> {
            Object value = of(property, within);
            if (value != null) {
                example.put(name, value);
            }
        });
        return example;
    }

    /** What is unwrapped stands beside the properties; what only refers is what it refers to. */
    private Object ofAll(Schema schema, Set<String> within) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (Schema part : schema.getAllOf()) {
            if (!(of(part, within) instanceof Map<?, ?> example)) {
                return ofFirst(schema.getAllOf(), within);
            }
            example.forEach((name, value) -> all.put((String) name, value));
        }
        if (schema.getProperties() != null) {
            all.putAll(ofProperties(schema, within));
        }
        return all;
    }

    /** What may be null is a choice too: between a schema and nothing. */
    private Object ofFirst(List<Schema> parts, Set<String> within) {
        return parts.stream()
                .map(part -> of(part, within))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static Object ofType(Schema schema) {
        return schema.getType() != null && schema.getType().contains(SchemaType.OBJECT) ? Map.of() : null;
    }
}
