package io.siaran.bench.queue;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Medians and percentiles of what was measured. */
final class Figures {

    private Figures() {}

    static double median(Collection<Double> values) {
        return percentile(values, 50);
    }

    /** The smallest value that so many percent of all do not exceed. */
    static double percentile(Collection<? extends Number> values, double percent) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        double[] sorted =
                values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
        return sorted[Math.max(0, (int) Math.ceil(percent / 100 * sorted.length) - 1)];
    }

    static String spread(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return Arrays.stream(sorted)
                .mapToObj("%,.0f"::formatted)
                .reduce((a, b) -> a + " · " + b)
                .orElse("-");
    }
}
