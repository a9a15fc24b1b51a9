package io.siaran.rest;

import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.List;

/** Names a field the way the caller wrote it: {@code steps[1].trigger_delay_hours}. */
final class FieldPath {

    private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();

    private FieldPath() {}

    /** Where in a body the parser is; {@code body} for the whole of it. */
    static String of(JsonStreamContext at) {
        StringBuilder field = new StringBuilder();
        append(field, at);
        return field.isEmpty() ? "body" : field.toString();
    }

    /** Where the object is in which the parser is; empty for the outermost. */
    static String parent(JsonStreamContext at) {
        StringBuilder field = new StringBuilder();
        append(field, at.getParent());
        return field.toString();
    }

    private static void append(StringBuilder field, JsonStreamContext at) {
        if (at == null) {
            return;
        }
        append(field, at.getParent());
        if (at.inArray() && at.hasCurrentIndex()) {
            append(field, null, at.getCurrentIndex());
        } else if (at.inObject() && at.getCurrentName() != null) {
            append(field, WrongValues.shown(at.getCurrentName()), null);
        }
    }

    /** Where in a body Jackson stopped; {@code body} for the whole of it. */
    static String of(List<Reference> json) {
        StringBuilder field = new StringBuilder();
        for (Reference step : json) {
            append(field, step.getFieldName(), step.getIndex() < 0 ? null : step.getIndex());
        }
        return field.isEmpty() ? "body" : field.toString();
    }

    /** What Bean Validation found: without the method, and without its parameter when something inside that is meant. */
    static String of(Path violated) {
        StringBuilder field = new StringBuilder();
        String parameter = "body";
        for (Path.Node node : violated) {
            switch (node.getKind()) {
                case METHOD, CONSTRUCTOR, CROSS_PARAMETER, RETURN_VALUE -> {}
                case PARAMETER -> parameter = snakeCase(node.getName());
                case BEAN, PROPERTY, CONTAINER_ELEMENT -> {
                    boolean named = node.getKind() == ElementKind.PROPERTY;
                    Object position = node.getIndex() == null ? node.getKey() : node.getIndex();
                    append(field, null, node.isInIterable() ? position : null);
                    append(field, named ? snakeCase(node.getName()) : null, null);
                }
            }
        }
        return field.isEmpty() ? parameter : field.toString();
    }

    private static void append(StringBuilder field, String name, Object position) {
        if (name != null) {
            field.append(field.isEmpty() ? "" : ".").append(name);
        }
        if (position != null) {
            field.append('[').append(position).append(']');
        }
    }

    private static String snakeCase(String name) {
        return SNAKE_CASE.translate(name);
    }
}
