package io.siaran.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.type.CollectionType;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Reads a list up to the {@code @Size(max)} of its property and no further: what comes after is skipped, so a list that is
 * too long costs no memory and is never validated. A null in it is refused.
 */
final class BoundedList extends StdDeserializer<Collection<?>> implements ContextualDeserializer {

    private static final long serialVersionUID = 1L;

    /** For a property that says nothing; the largest list of the API. */
    private static final int DEFAULT_MAX = 1_000;

    private final CollectionType type;
    private final int max;
    private final transient JsonDeserializer<?> element;

    BoundedList(CollectionType type) {
        this(type, DEFAULT_MAX, null);
    }

    private BoundedList(CollectionType type, int max, JsonDeserializer<?> element) {
        super(type);
        this.type = type;
        this.max = max;
        this.element = element;
    }

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty property)
            throws JsonMappingException {
        Size size = property == null ? null : property.getAnnotation(Size.class);
        int bound = size == null || size.max() == Integer.MAX_VALUE ? DEFAULT_MAX : size.max();
        return new BoundedList(type, bound, context.findContextualValueDeserializer(type.getContentType(), property));
    }

    @Override
    public Collection<?> deserialize(JsonParser json, DeserializationContext context) throws IOException {
        if (!json.isExpectedStartArrayToken()) {
            return BodyViolations.refuse(json, context, type.getRawClass(), "must be a list", ViolationCode.WRONG_TYPE);
        }
        Collection<Object> items =
                Set.class.isAssignableFrom(type.getRawClass()) ? new LinkedHashSet<>() : new ArrayList<>();
        for (int count = 1; json.nextToken() != JsonToken.END_ARRAY; count++) {
            if (count > max) {
                skip(json, context);
                return items;
            }
            items.add(item(json, context));
        }
        return items;
    }

    private Object item(JsonParser json, DeserializationContext context) throws IOException {
        return json.currentToken() == JsonToken.VALUE_NULL
                ? BodyViolations.refuse(
                        json, context, type.getContentType().getRawClass(), "must not be null", ViolationCode.REQUIRED)
                : element.deserialize(json, context);
    }

    /** Leaves the parser at the end of the list. */
    private void skip(JsonParser json, DeserializationContext context) throws IOException {
        do {
            json.skipChildren();
        } while (json.nextToken() != JsonToken.END_ARRAY);
        BodyViolations.refuse(
                json, context, type.getRawClass(), "must have at most " + max + " entries", ViolationCode.TOO_MANY);
    }
}
