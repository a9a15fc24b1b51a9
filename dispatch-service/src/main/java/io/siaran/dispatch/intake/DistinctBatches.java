package io.siaran.dispatch.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Records in batches that have at most one of each key, in the order in which they came. So no state that a key was in between
 * is passed over where several of its records come together.
 */
final class DistinctBatches {

    private DistinctBatches() {}

    static <T> List<List<T>> of(List<T> records, Function<T, ?> key) {
        List<List<T>> batches = new ArrayList<>();
        Map<Object, Integer> seen = new HashMap<>();
        for (T each : records) {
            int batch = seen.merge(key.apply(each), 1, Integer::sum);
            if (batch > batches.size()) {
                batches.add(new ArrayList<>());
            }
            batches.get(batch - 1).add(each);
        }
        return batches;
    }
}
