package io.siaran.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.io.IOException;

/** Reads a value that is made of one other, like an id: Jackson does not ask its problem handlers when that fails. */
final class ConstructedValue extends DelegatingDeserializer {

    private static final long serialVersionUID = 1L;

    ConstructedValue(JsonDeserializer<?> standard) {
        super(standard);
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> contextual) {
        return new ConstructedValue(contextual);
    }

    @Override
    public Object deserialize(JsonParser json, DeserializationContext context) throws IOException {
        BodyViolations violations = BodyViolations.of(context);
        if (violations == null) {
            return super.deserialize(json, context);
        }
        int before = violations.count();
        try {
            return super.deserialize(json, context);
        } catch (ValueInstantiationException refused) {
            // What it is made of may be what was refused.
            if (violations.count() == before) {
                violations.add(json, WrongValues.objection(FieldPath.of(json.getParsingContext()), refused.getCause()));
            }
            return null;
        }
    }
}
