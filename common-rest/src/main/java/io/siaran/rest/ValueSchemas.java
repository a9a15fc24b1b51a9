package io.siaran.rest;

import io.siaran.model.Limits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** The values that are one text in JSON and an object to the scanner. */
final class ValueSchemas {

    private static final String PATCH = "MergePatch";

    private ValueSchemas() {}

    static void replaceIn(Components components) {
        if (components.getSchemas() == null) {
            return;
        }
        Map<String, Schema> schemas = new HashMap<>(components.getSchemas());
        schemas.forEach((name, schema) -> {
            Schema value = value(name, schema, schemas);
            if (value != null) {
                components.addSchema(name, value);
            } else {
                hideVersion(schema);
            }
        });
        components.getSchemas().values().forEach(schema -> meetReferences(schema, components.getSchemas()));
    }

    /**
     * A property that says more of a value than the value's own schema refers to that schema, and has the type that the scanner
     * saw beside it, mostly an object: no value is both. A text takes over what its schema says. An enum with a default is
     * left to its schema, so that a generated client has one type for both.
     */
    private static void meetReferences(Schema schema, Map<String, Schema> schemas) {
        if (schema.getProperties() == null) {
            return;
        }
        for (Schema property : schema.getProperties().values()) {
            String reference = reference(property);
            Schema value = reference == null ? null : schemas.get(reference.substring(reference.lastIndexOf('/') + 1));
            if (value == null || value.getType() == null) {
                continue;
            }
            if (value.getEnumeration() != null) {
                leaveTo(reference, property);
            } else if (value.getType().contains(SchemaType.STRING)) {
                inline(value, property);
            }
        }
    }

    /** What it refers to and says more about; what may be null refers to it as one of two. Null when there is no more to say. */
    private static String reference(Schema property) {
        if (property.getAnyOf() != null) {
            return property.getAnyOf().stream()
                    .map(Schema::getRef)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        return property.getType() == null ? null : property.getRef();
    }

    /** Null stands for the default then, which needs no word of its own. */
    private static void leaveTo(String reference, Schema property) {
        if (property.getDefaultValue() != null) {
            property.setAnyOf(null);
            property.setType(null);
            property.setRef(reference);
        }
    }

    private static void inline(Schema value, Schema property) {
        boolean nullable = property.getAnyOf() != null || property.getType().contains(SchemaType.NULL);
        property.setRef(null);
        property.setAnyOf(null);
        if (property.getDescription() == null) {
            property.setDescription(value.getDescription());
        }
        property.type(nullable ? List.of(SchemaType.STRING, SchemaType.NULL) : List.of(SchemaType.STRING))
                .format(value.getFormat())
                .pattern(value.getPattern())
                .maxLength(value.getMaxLength());
    }

    /** What {@link Versioned} keeps out of the JSON. */
    private static void hideVersion(Schema schema) {
        Map<String, Schema> properties = schema.getProperties();
        if (properties != null
                && properties.containsKey("version")
                && properties.get("version").getDescription() == null) {
            schema.removeProperty("version");
        }
    }

    private static Schema value(String name, Schema scanned, Map<String, Schema> schemas) {
        if (name.endsWith("Id") && isObject(scanned) && has(scanned, "value")) {
            return name.equals("UserId")
                    ? text("a tenant: the sub of its tokens", "ani").maxLength(Limits.USER_ID)
                    : text("an id", "018f2a60-0000-7000-8000-000000000001").format("uuid");
        }
        if (name.startsWith(PATCH) && schemas.containsKey(name.substring(PATCH.length()))) {
            return patch(schemas.get(name.substring(PATCH.length())));
        }
        return switch (name) {
            case "PhoneNumber" ->
                text("a phone number as E.164 digits without the plus", "60123456789")
                        .pattern("[1-9][0-9]{6,14}");
            case "ZoneId", "ZoneRegion" ->
                text("a time zone by its IANA name", "Asia/Kuala_Lumpur").maxLength(Limits.TIME_ZONE);
            case "Expiry" -> text("a duration by ISO 8601, or none", "P7D").maxLength(Limits.DURATION);
            case "Tag" -> text("a tag, without a comma", "emas").maxLength(Limits.TAG);
            case "Tags" -> text("tags, separated by commas", "emas,vip").maxLength(Limits.TAG_LIST);
            case "Duration" -> text("a duration by ISO 8601", "PT90S").format("duration");
            case "LocalTime" -> text("a time of day as HH:MM", "10:00").format("time");
            case "LocalDate" -> text("a date as YYYY-MM-DD", "2027-03-28").format("date");
            case "Instant", "OffsetDateTime" ->
                text("a time by RFC 3339", "2026-11-27T01:00:00Z").format("date-time");
            case "Attributes" ->
                OASFactory.createSchema()
                        .type(List.of(SchemaType.OBJECT))
                        .description("what else is known of a lead")
                        .example(Map.of("plan", "gold"))
                        .maxProperties(Limits.ATTRIBUTES)
                        .additionalPropertiesSchema(text("a value", "gold").maxLength(Limits.ATTRIBUTE_VALUE));
            case "JsonNode", "ObjectNode" -> OASFactory.createSchema().type(List.of(SchemaType.OBJECT));
            default -> null;
        };
    }

    /** A merge patch names what the body of the PUT has, and needs none of it. */
    private static Schema patch(Schema body) {
        return OASFactory.createSchema()
                .type(List.of(SchemaType.OBJECT))
                .description("A merge patch (RFC 7396) over the body of the PUT: what is not named stays, null clears.")
                .properties(body.getProperties());
    }

    private static boolean isObject(Schema schema) {
        return schema.getType() == null || schema.getType().contains(SchemaType.OBJECT);
    }

    private static boolean has(Schema schema, String property) {
        return schema.getProperties() == null || schema.getProperties().keySet().equals(java.util.Set.of(property));
    }

    private static Schema text(String description, String example) {
        return OASFactory.createSchema()
                .type(List.of(SchemaType.STRING))
                .description(description)
                .example(example);
    }
}
