package io.siaran.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What else is known of a lead: a flat JSON object of texts, which a message may name as {@code {{attributes.plan}}}.
 * Reading takes whatever was written before, so that a record of another version never fails; what may be saved says
 * {@link #violations}.
 *
 * @param values by key, in the order of the keys
 */
public record Attributes(@JsonValue Map<String, String> values) {

    public static final Attributes NONE = new Attributes(Map.of());

    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_]{0," + (Limits.ATTRIBUTE_KEY - 1) + "}");

    /** Null is none; a value that is null is left out. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Attributes {
        Map<String, String> sorted = new TreeMap<>(values == null ? Map.of() : values);
        sorted.values().removeIf(Objects::isNull);
        values = Collections.unmodifiableMap(sorted);
    }

    public static Attributes orNone(Attributes attributes) {
        return attributes == null ? NONE : attributes;
    }

    /** From a column of JSON; null is none. */
    public static Attributes read(String json) {
        return json == null ? NONE : Json.read(json, Attributes.class);
    }

    public String json() {
        return Json.write(values);
    }

    public Optional<String> of(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** Whether a key may be saved, and be named in a message. */
    public static boolean isKey(String key) {
        return KEY.matcher(key).matches();
    }

    /** Why they may not be saved, by key; the empty key is for all of them together. Empty when they may. */
    public Map<String, String> violations() {
        Map<String, String> violations = new TreeMap<>();
        if (values.size() > Limits.ATTRIBUTES) {
            violations.put("", "must have at most " + Limits.ATTRIBUTES + " attributes");
        }
        values.forEach((key, value) -> violation(key, value).ifPresent(why -> violations.put(key, why)));
        return violations;
    }

    private static Optional<String> violation(String key, String value) {
        if (!isKey(key)) {
            return Optional.of("must be named by a small letter and then at most " + (Limits.ATTRIBUTE_KEY - 1)
                    + " small letters, digits and underscores");
        }
        return Text.length(value) > Limits.ATTRIBUTE_VALUE
                ? Optional.of("must have at most " + Limits.ATTRIBUTE_VALUE + " characters")
                : Optional.empty();
    }
}
