package io.siaran.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.siaran.model.InvalidPhoneNumber;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Tells what Jackson finds wrong in a body and lets it read on. Elsewhere Jackson throws, as always. */
final class WrongValues extends DeserializationProblemHandler {

    private static final int LONGEST_NAME = 100;

    private final ReadOnlyFields readOnly = new ReadOnlyFields();

    @Override
    public boolean handleUnknownProperty(
            DeserializationContext context,
            JsonParser json,
            JsonDeserializer<?> reader,
            Object beanOrClass,
            String name)
            throws IOException {
        BodyViolations violations = BodyViolations.of(context);
        if (violations == null) {
            return false;
        }
        Class<?> body = beanOrClass instanceof Class<?> type ? type : beanOrClass.getClass();
        if (!violations.readOnlyIgnored() || !readOnly.of(body, context).contains(name)) {
            Collection<Object> known = reader == null ? List.of() : reader.getKnownPropertyNames();
            String path = FieldPath.of(json.getParsingContext());
            violations.add(json, new Violation(path, unknown(known), ViolationCode.UNKNOWN_FIELD));
        }
        json.skipChildren();
        return true;
    }

    @Override
    public Object handleUnexpectedToken(
            DeserializationContext context, JavaType type, JsonToken token, JsonParser json, String message)
            throws IOException {
        return wrongType(context, type.getRawClass(), json);
    }

    @Override
    public Object handleMissingInstantiator(
            DeserializationContext context, Class<?> type, ValueInstantiator maker, JsonParser json, String message)
            throws IOException {
        return wrongType(context, type, json);
    }

    @Override
    public Object handleInstantiationProblem(
            DeserializationContext context, Class<?> type, Object argument, Throwable problem) throws IOException {
        BodyViolations violations = BodyViolations.of(context);
        if (violations == null) {
            return NOT_HANDLED;
        }
        JsonParser json = context.getParser();
        String path = FieldPath.of(json.getParsingContext());
        Throwable refused = problem instanceof ValueInstantiationException && problem.getCause() != null
                ? problem.getCause()
                : problem;
        // A constructor that misses what could not be read before it is no news.
        if (violations.isEmpty() || refused instanceof IllegalArgumentException) {
            violations.add(json, objection(path, refused));
        }
        return null;
    }

    private static Object wrongType(DeserializationContext context, Class<?> type, JsonParser json) throws IOException {
        return BodyViolations.of(context) == null
                ? NOT_HANDLED
                : BodyViolations.refuse(json, context, type, Expected.of(type), ViolationCode.WRONG_TYPE);
    }

    /** Our own constructors say what they expect; anything else may repeat what was sent. */
    static Violation objection(String path, Throwable refused) {
        return switch (refused) {
            case InvalidPhoneNumber phone -> new Violation(path, phone.getMessage(), ViolationCode.INVALID_PHONE);
            case IllegalArgumentException own
            when own.getMessage() != null -> new Violation(path, own.getMessage(), ViolationCode.INVALID);
            default -> new Violation(path, "is not valid", ViolationCode.INVALID);
        };
    }

    static String unknown(Collection<Object> known) {
        return known.stream()
                .map(Object::toString)
                .sorted()
                .collect(Collectors.joining(", ", "unknown field; known are ", ""));
    }

    /** A name that the caller made up is told shortened, and only with characters that show. */
    static String shown(String name) {
        String visible = name.codePoints()
                .limit(LONGEST_NAME)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return visible.isEmpty() ? "\"\"" : visible;
    }
}
