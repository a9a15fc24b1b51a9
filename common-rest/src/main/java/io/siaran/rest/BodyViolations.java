package io.siaran.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with one body, collected while it is read: a wrong value is told, skipped, and the rest is read on. Bounded,
 * so that a body of nothing but mistakes costs little.
 */
final class BodyViolations {

    private static final int MOST = 100;

    private final List<Violation> found = new ArrayList<>();
    private final boolean readOnlyIgnored;

    /** @param readOnlyIgnored whether {@link AnsweredAs} counts, as in a PUT */
    BodyViolations(boolean readOnlyIgnored) {
        this.readOnlyIgnored = readOnlyIgnored;
    }

    /** Those of the body that is being read; null when a value is converted by itself, as a query parameter is. */
    static BodyViolations of(DeserializationContext context) {
        return (BodyViolations) context.getAttribute(BodyViolations.class);
    }

    /**
     * Tells that the current value is wrong, and skips it.
     *
     * @return null, in place of the value
     */
    static <T> T refuse(
            JsonParser json, DeserializationContext context, Class<?> expected, String message, ViolationCode code)
            throws IOException {
        BodyViolations violations = of(context);
        if (violations == null) {
            throw MismatchedInputException.from(json, expected, message);
        }
        violations.add(json, new Violation(FieldPath.of(json.getParsingContext()), message, code));
        json.skipChildren();
        return null;
    }

    void add(JsonParser json, Violation violation) throws JsonMappingException {
        found.add(violation);
        if (found.size() >= MOST) {
            throw new TooManyViolations(json);
        }
    }

    void addLast(Violation violation) {
        if (found.size() < MOST) {
            found.add(violation);
        }
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    int count() {
        return found.size();
    }

    boolean has(String field) {
        return found.stream().anyMatch(violation -> violation.field().equals(field));
    }

    boolean readOnlyIgnored() {
        return readOnlyIgnored;
    }

    Refusal refusal() {
        return Refusal.invalid(found);
    }

    /** Ends the reading. */
    static final class TooManyViolations extends JsonMappingException {

        private static final long serialVersionUID = 1L;

        TooManyViolations(JsonParser json) {
            super(json, "too many violations");
        }
    }
}
