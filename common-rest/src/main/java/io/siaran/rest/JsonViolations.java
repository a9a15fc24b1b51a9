package io.siaran.rest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.util.List;
import java.util.stream.Collectors;

/** What Jackson did not like about a body, in the caller's words. */
final class JsonViolations {

    private JsonViolations() {}

    static Refusal refusal(JsonProcessingException unreadable) {
        return unreadable.getCause() instanceof Refusal own ? own : Refusal.invalid(List.of(violation(unreadable)));
    }

    private static Violation violation(JsonProcessingException unreadable) {
        return switch (unreadable) {
            case UnrecognizedPropertyException unknown ->
                new Violation(FieldPath.of(unknown.getPath()), known(unknown));
            case MismatchedInputException other ->
                new Violation(FieldPath.of(other.getPath()), Expected.of(other.getTargetType()));
            case ValueInstantiationException refused -> new Violation(FieldPath.of(refused.getPath()), reason(refused));
            case JsonMappingException other
            when other.getPath().size() > 0 -> new Violation(FieldPath.of(other.getPath()), "is not valid");
            default -> new Violation("body", "is not JSON" + position(unreadable.getLocation()));
        };
    }

    private static String known(UnrecognizedPropertyException unknown) {
        return unknown.getKnownPropertyIds().stream()
                .map(Object::toString)
                .sorted()
                .collect(Collectors.joining(", ", "unknown field; known are ", ""));
    }

    /** Our own constructors say what they expect; anything else may repeat what was sent. */
    private static String reason(ValueInstantiationException refused) {
        return refused.getCause() instanceof IllegalArgumentException expected ? expected.getMessage() : "is not valid";
    }

    private static String position(JsonLocation at) {
        return at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }
}
