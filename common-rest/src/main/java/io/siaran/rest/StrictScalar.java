package io.siaran.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** Reads values of one type from the one kind of JSON that they are written as. Nothing is coerced. */
final class StrictScalar<T> extends StdScalarDeserializer<T> {

    private static final long serialVersionUID = 1L;

    static final Set<JsonToken> TEXT = EnumSet.of(JsonToken.VALUE_STRING);
    static final Set<JsonToken> WHOLE_NUMBER = EnumSet.of(JsonToken.VALUE_NUMBER_INT);
    static final Set<JsonToken> NUMBER = EnumSet.of(JsonToken.VALUE_NUMBER_INT, JsonToken.VALUE_NUMBER_FLOAT);
    static final Set<JsonToken> TRUTH = EnumSet.of(JsonToken.VALUE_TRUE, JsonToken.VALUE_FALSE);

    /** Reads the current token; whatever is wrong with it is an {@link Unfit}. */
    @FunctionalInterface
    interface Reading<T> {
        T read(JsonParser json) throws IOException;
    }

    /** The token is of the right kind, and its value is none. */
    static final class Unfit extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final ViolationCode code;

        Unfit(ViolationCode code, String message) {
            super(message, null, false, false);
            this.code = code;
        }
    }

    private final Class<?> type;
    private final transient Set<JsonToken> kind;
    private final transient Reading<T> reading;

    StrictScalar(Class<?> type, Set<JsonToken> kind, Reading<T> reading) {
        super(type);
        this.type = type;
        this.kind = kind;
        this.reading = reading;
    }

    @Override
    public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
        if (!kind.contains(json.currentToken())) {
            return refused(BodyViolations.refuse(json, context, type, Expected.of(type), ViolationCode.WRONG_TYPE));
        }
        try {
            return reading.read(json);
        } catch (Unfit unfit) {
            return refused(BodyViolations.refuse(json, context, type, unfit.getMessage(), unfit.code));
        }
    }

    @Override
    public Object deserializeWithType(JsonParser json, DeserializationContext context, TypeDeserializer ignored)
            throws IOException {
        return deserialize(json, context);
    }

    /** A primitive has no null; the body is refused anyway. */
    @SuppressWarnings("unchecked")
    private T refused(T nothing) {
        return nothing != null || !type.isPrimitive()
                ? nothing
                : (T) (type == boolean.class ? Boolean.FALSE : type == long.class ? (Object) 0L : (Object) 0);
    }
}
