package io.siaran.model.template;

import io.siaran.model.Text;
import java.util.List;
import java.util.function.ToIntFunction;

/** What a template is made of. */
sealed interface Part {

    /**
     * Of the longest text that it can make, in code points.
     *
     * @param ofValue how long each value is
     */
    int longest(ToIntFunction<Value> ofValue);

    /** How many texts it can make at most; alternatives that are equal count once. */
    long variants();

    boolean mayBeBlank();

    void write(Rendering rendering);

    record Literal(String text) implements Part {

        @Override
        public int longest(ToIntFunction<Value> ofValue) {
            return Text.length(text);
        }

        @Override
        public long variants() {
            return 1;
        }

        @Override
        public boolean mayBeBlank() {
            return !Text.isSeen(text);
        }

        @Override
        public void write(Rendering rendering) {
            rendering.literal(text);
        }
    }

    /** @param fallback what stands there when the reader has no such value */
    record Value(Variable variable, String fallback) implements Part {

        @Override
        public int longest(ToIntFunction<Value> ofValue) {
            return ofValue.applyAsInt(this);
        }

        int lengthFor(Variables reader) {
            return Text.length(reader.of(variable).orElse(fallback));
        }

        /** For readers of whom nothing is longer than so many code points, or who have none. */
        int lengthWithin(int longest) {
            return Math.max(Math.min(longest, variable.longest()), Text.length(fallback));
        }

        /** For any reader. */
        int leastLength() {
            return Math.min(1, Text.length(fallback));
        }

        @Override
        public long variants() {
            return 1;
        }

        @Override
        public boolean mayBeBlank() {
            return variable.mayBeMissing() && !Text.isSeen(fallback);
        }

        @Override
        public void write(Rendering rendering) {
            rendering.value(this);
        }
    }

    record Choice(List<Sequence> alternatives) implements Part {

        public Choice {
            alternatives = List.copyOf(alternatives);
        }

        @Override
        public int longest(ToIntFunction<Value> ofValue) {
            return alternatives.stream()
                    .mapToInt(each -> each.longest(ofValue))
                    .max()
                    .orElseThrow();
        }

        @Override
        public long variants() {
            return alternatives.stream().distinct().mapToLong(Part::variants).reduce(0, Part::sum);
        }

        @Override
        public boolean mayBeBlank() {
            return alternatives.stream().anyMatch(Part::mayBeBlank);
        }

        @Override
        public void write(Rendering rendering) {
            rendering.oneOf(alternatives).write(rendering);
        }
    }

    record Sequence(List<Part> parts) implements Part {

        public Sequence {
            parts = List.copyOf(parts);
        }

        @Override
        public int longest(ToIntFunction<Value> ofValue) {
            return parts.stream().mapToInt(each -> each.longest(ofValue)).sum();
        }

        @Override
        public long variants() {
            return parts.stream().mapToLong(Part::variants).reduce(1, Part::product);
        }

        @Override
        public boolean mayBeBlank() {
            return parts.stream().allMatch(Part::mayBeBlank);
        }

        @Override
        public void write(Rendering rendering) {
            for (Part part : parts) {
                part.write(rendering);
            }
        }
    }

    private static long sum(long a, long b) {
        return Math.min(a + b, Template.COUNTLESS);
    }

    /** Neither factor is above {@link Template#COUNTLESS}, so the product's high half tells an overflow. */
    private static long product(long a, long b) {
        return Math.multiplyHigh(a, b) != 0 ? Template.COUNTLESS : Math.min(Math.abs(a * b), Template.COUNTLESS);
    }
}
