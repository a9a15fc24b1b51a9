package io.siaran.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.siaran.model.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was another way before and after a deed, as JSON objects: of a change only what changed. Who people are, what is written to
 * them and what opens something is not shown, only that it is there or changed.
 *
 * @param before null: it was not there, or nothing is told of it
 * @param after null: it is gone, or nothing is told of it
 */
public record DeedDetails(String before, String after) {

    /** By the names that REST gives them. */
    private static final Set<String> NOT_SHOWN = Set.of(
            "phone",
            "recipient_phone",
            "linked_number",
            "attributes",
            "message",
            "content",
            "text",
            "image_url",
            "media_url",
            "greetings",
            "credential",
            // A path or a user in it may be all that guards the server.
            "base_url");

    private static final TextNode HIDDEN = TextNode.valueOf("not shown");

    /** Empty where both are given and say the same. */
    public static Optional<DeedDetails> of(Object before, Object after) {
        if (before == null && after == null) {
            return Optional.of(new DeedDetails(null, null));
        }
        ObjectNode was = object(before);
        ObjectNode is = object(after);
        if (was == null || is == null) {
            leaveWhatIsSaid(was == null ? is : was);
        } else {
            leaveWhatChanged(was, is);
            if (was.isEmpty() && is.isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of(new DeedDetails(shown(was), shown(is)));
    }

    private static void leaveWhatChanged(ObjectNode was, ObjectNode is) {
        for (String field : names(was)) {
            if (was.get(field).equals(is.get(field))) {
                was.remove(field);
                is.remove(field);
            }
        }
    }

    private static void leaveWhatIsSaid(ObjectNode object) {
        names(object).stream().filter(field -> object.get(field).isNull()).forEach(object::remove);
    }

    private static ObjectNode object(Object value) {
        return value == null ? null : (ObjectNode) Json.tree(value);
    }

    private static String shown(ObjectNode object) {
        if (object == null) {
            return null;
        }
        hide(object);
        return object.toString();
    }

    private static void hide(JsonNode node) {
        switch (node) {
            case ObjectNode object -> names(object).forEach(field -> hide(object, field));
            case ArrayNode array -> array.forEach(DeedDetails::hide);
            default -> {
                // A value is shown by its name.
            }
        }
    }

    private static void hide(ObjectNode object, String field) {
        if (NOT_SHOWN.contains(field) && !object.get(field).isNull()) {
            object.set(field, HIDDEN);
        } else {
            hide(object.get(field));
        }
    }

    private static List<String> names(ObjectNode object) {
        return object.properties().stream().map(field -> field.getKey()).toList();
    }
}
