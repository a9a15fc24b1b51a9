package io.siaran.sequence.lead;

import io.siaran.model.Snapshot;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Of the snapshots in one batch, the newest of each key: one statement cannot write the same row twice. */
final class Newest {

    private Newest() {}

    static <K, S extends Snapshot> Collection<S> of(List<S> snapshots, Function<S, K> key) {
        Map<K, S> newest = LinkedHashMap.newLinkedHashMap(snapshots.size());
        for (S snapshot : snapshots) {
            newest.merge(key.apply(snapshot), snapshot, (a, b) -> a.version() >= b.version() ? a : b);
        }
        return newest.values();
    }
}
