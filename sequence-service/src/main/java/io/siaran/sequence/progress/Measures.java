package io.siaran.sequence.progress;

import java.util.HashMap;
import java.util.Map;

/** Numbers by measure, as {@code report_counts} has them; what is not there is 0. */
final class Measures {

    private final Map<String, Long> numbers = new HashMap<>();

    void put(String measure, long number) {
        numbers.merge(measure, number, Long::sum);
    }

    void add(Measures others) {
        others.numbers.forEach(this::put);
    }

    long of(String measure) {
        return numbers.getOrDefault(measure, 0L);
    }

    boolean isAnything() {
        return numbers.values().stream().anyMatch(number -> number != 0);
    }

    /** In seconds, from the send before to the own one; null where nothing was sent. */
    Double averageWait() {
        long waits = of("waits");
        return waits == 0 ? null : of("waited_millis") / 1_000.0 / waits;
    }
}
