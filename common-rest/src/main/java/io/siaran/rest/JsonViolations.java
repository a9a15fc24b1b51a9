package io.siaran.rest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.util.List;

/** What Jackson did not like about a body, in the caller's words. */
final class JsonViolations {

    /** How Jackson begins what it says of a name that stands twice in an object. */
    private static final String DUPLICATE = "Duplicate field '";

    private JsonViolations() {}

    static Refusal refusal(JsonProcessingException unreadable) {
        return unreadable.getCause() instanceof Refusal own
                ? own
                : Refusal.invalid(List.of(violation(unreadable, null)));
    }

    /** Of a body that is being read; the parser stands where the reading ended. */
    static Violation of(JsonProcessingException unreadable, JsonParser json) {
        boolean wrapped = unreadable.getCause() instanceof JsonParseException
                || unreadable.getCause() instanceof StreamConstraintsException;
        return violation(wrapped ? (JsonProcessingException) unreadable.getCause() : unreadable, json);
    }

    private static Violation violation(JsonProcessingException unreadable, JsonParser json) {
        return switch (unreadable) {
            case UnrecognizedPropertyException unknown ->
                new Violation(
                        FieldPath.of(unknown.getPath()),
                        WrongValues.unknown(unknown.getKnownPropertyIds()),
                        ViolationCode.UNKNOWN_FIELD);
            case MismatchedInputException other ->
                new Violation(
                        FieldPath.of(other.getPath()), Expected.of(other.getTargetType()), ViolationCode.WRONG_TYPE);
            case ValueInstantiationException refused ->
                WrongValues.objection(FieldPath.of(refused.getPath()), refused.getCause());
            case StreamConstraintsException tooMuch ->
                new Violation(place(json, "body"), "is nested too deeply, or has a number or a name that is too long");
            case JsonParseException twice
            when isDuplicate(twice) ->
                new Violation(duplicate(twice, json), "must stand here once", ViolationCode.DUPLICATE_FIELD);
            case JsonMappingException other
            when other.getPath().size() > 0 -> new Violation(FieldPath.of(other.getPath()), "is not valid");
            default -> new Violation("body", "is not JSON" + position(unreadable.getLocation()));
        };
    }

    private static boolean isDuplicate(JsonParseException unreadable) {
        return unreadable.getOriginalMessage().startsWith(DUPLICATE);
    }

    /** Where the object is that names the field a second time, and the field. */
    private static String duplicate(JsonParseException twice, JsonParser json) {
        String message = twice.getOriginalMessage();
        String name = message.substring(DUPLICATE.length(), message.lastIndexOf('\''));
        JsonParser parser = json != null ? json : twice.getProcessor();
        String parent = parser == null ? "" : FieldPath.parent(parser.getParsingContext());
        return parent.isEmpty() ? WrongValues.shown(name) : parent + "." + WrongValues.shown(name);
    }

    private static String place(JsonParser json, String otherwise) {
        return json == null ? otherwise : FieldPath.of(json.getParsingContext());
    }

    private static String position(JsonLocation at) {
        return at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }
}
