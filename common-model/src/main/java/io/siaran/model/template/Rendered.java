package io.siaran.model.template;

import java.util.List;

/**
 * A text with its variables filled in and its choices made.
 *
 * @param values where a variable's value stands, in order
 */
public record Rendered(String text, List<Span> values) {

    public Rendered {
        values = List.copyOf(values);
    }

    /** A text without values. */
    public static Rendered of(String text) {
        return new Rendered(text, List.of());
    }
}
