package io.siaran.model;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.jsontype.TypeIdResolver;
import java.util.List;

/** Reads what only a later version knows by {@link SafeReadings}. */
final class LaterVersions extends DeserializationProblemHandler {

    /** Where a reading keeps the list of what it did not know. */
    static final String UNRECOGNISED = "unrecognised";

    @Override
    public Object handleWeirdStringValue(DeserializationContext context, Class<?> type, String value, String failure) {
        if (!WireEnum.class.isAssignableFrom(type)) {
            return NOT_HANDLED;
        }
        String told = type.getSimpleName() + ": " + shortened(value);
        if (!SafeReadings.exists(type)) {
            throw new UnrecognisedRecord(told);
        }
        if (context.getAttribute(UNRECOGNISED) instanceof List<?> list) {
            @SuppressWarnings("unchecked")
            List<String> unrecognised = (List<String>) list;
            unrecognised.add(told);
        }
        return SafeReadings.of(type).orElse(null);
    }

    @Override
    public JavaType handleUnknownTypeId(
            DeserializationContext context, JavaType type, String kind, TypeIdResolver ids, String failure) {
        throw new UnrecognisedRecord(type.getRawClass().getSimpleName() + ": record " + shortened(kind));
    }

    /** A constant is no content, but who knows what a broken writer puts there. */
    private static String shortened(String value) {
        return value.length() <= 40 ? value : value.substring(0, 40) + "…";
    }
}
