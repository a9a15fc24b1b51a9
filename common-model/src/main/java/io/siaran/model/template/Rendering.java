package io.siaran.model.template;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A text under way. */
final class Rendering {

    private final Variables variables;
    private final RandomGenerator random;
    private final StringBuilder text;
    private final List<Span> values = new ArrayList<>(2);

    Rendering(Variables variables, RandomGenerator random, int expected) {
        this.variables = variables;
        this.random = random;
        this.text = new StringBuilder(expected);
    }

    void literal(String literal) {
        text.append(literal);
    }

    /** Appended as it is: braces in it mean nothing. */
    void value(Part.Value asked) {
        int from = text.length();
        text.append(variables.of(asked.variable()).orElse(asked.fallback()));
        values.add(new Span(from, text.length()));
    }

    <T> T oneOf(List<T> alternatives) {
        return alternatives.get(random.nextInt(alternatives.size()));
    }

    Rendered done() {
        return new Rendered(text.toString(), values);
    }
}
