package io.siaran.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import jakarta.validation.ValidationException;
import jakarta.validation.Validator;
import java.io.IOException;
import java.lang.reflect.Type;

/** Reads bodies of requests: exactly what was written, or a {@link Refusal} that names all that is wrong. */
@Singleton
class StrictJson {

    /** Values of a patch. Lists are bounded when it is laid over a resource, so it is enough to bound the whole. */
    private static final int LARGEST_PATCH = 50_000;

    private final ObjectMapper mapper;
    private final Validator validator;

    StrictJson(ObjectMapper mapper, Validator validator) {
        this.mapper = mapper;
        this.validator = validator;
    }

    JavaType typeOf(Type type) {
        return mapper.constructType(type);
    }

    /**
     * @param readOnlyIgnored whether {@link AnsweredAs} counts, as in a PUT
     * @return what was written, which {@code @Valid} has not seen yet
     */
    Object read(byte[] body, JavaType type, boolean readOnlyIgnored) throws IOException {
        try (JsonParser json = mapper.createParser(body)) {
            return read(json, type, readOnlyIgnored);
        }
    }

    /** Reads a JSON object to be laid over a resource. */
    ObjectNode readPatch(byte[] body) throws IOException {
        try {
            refuseTooMany(body);
            JsonNode patch = mapper.readTree(body);
            if (patch instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException unreadable) {
            throw JsonViolations.refusal(unreadable);
        }
        throw Refusal.invalid("body", "must be one JSON object", ViolationCode.WRONG_TYPE);
    }

    /** Lays the patch over what is, and reads the outcome as the body of a PUT. */
    <T> T merged(ObjectNode patch, T current, Class<T> type) {
        JsonNode merged = JsonMerge.apply(mapper.valueToTree(current), patch);
        try (JsonParser json = mapper.treeAsTokens(merged)) {
            T outcome = type.cast(read(json, mapper.constructType(type), true));
            BodyViolations violations = new BodyViolations(true);
            addInvalid(violations, outcome);
            if (!violations.isEmpty()) {
                throw violations.refusal();
            }
            return outcome;
        } catch (IOException impossible) {
            throw new IllegalStateException("a tree cannot be read", impossible);
        }
    }

    private Object read(JsonParser json, JavaType type, boolean readOnlyIgnored) throws IOException {
        BodyViolations violations = new BodyViolations(readOnlyIgnored);
        Object body = null;
        try {
            body = mapper.readerFor(type)
                    .withAttribute(BodyViolations.class, violations)
                    .readValue(json);
        } catch (BodyViolations.TooManyViolations enough) {
            throw violations.refusal();
        } catch (JsonProcessingException unreadable) {
            violations.addLast(JsonViolations.of(unreadable, json));
        }
        if (violations.isEmpty()) {
            return body;
        }
        addInvalid(violations, body);
        throw violations.refusal();
    }

    /** What Bean Validation finds beside that; a field that could not be read is not told again as missing. */
    private void addInvalid(BodyViolations violations, Object body) {
        if (body == null) {
            return;
        }
        try {
            validator.validate(body).stream()
                    .map(BeanViolations::of)
                    .sorted(BeanViolations.ORDER)
                    .filter(violation -> !violations.has(violation.field()))
                    .forEach(violations::addLast);
        } catch (ValidationException halfRead) {
            // A rule of several fields met one that could not be read; that one is told already.
            if (violations.isEmpty()) {
                throw halfRead;
            }
        }
    }

    private void refuseTooMany(byte[] body) throws IOException {
        try (JsonParser json = mapper.createParser(body)) {
            for (int values = 0; json.nextToken() != null; values++) {
                if (values > LARGEST_PATCH) {
                    throw Refusal.invalid("body", "must have fewer values", ViolationCode.TOO_MANY);
                }
            }
        }
    }
}
