package io.siaran.gateway.device;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What is remembered to save a question, of so many at most: beyond, whoever was not asked for longest is forgotten. Nothing may
 * hang on its being there. Costs O(1), for several threads.
 */
public final class Remembered<K, V> {

    /** Some times the devices of the largest installation. */
    public static final int DEVICES = 20_000;

    private final Map<K, V> values;

    public Remembered(int most) {
        this.values = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    public synchronized Optional<V> get(K key) {
        return Optional.ofNullable(values.get(key));
    }

    public synchronized void put(K key, V value) {
        values.put(key, value);
    }

    /** @param change gets what is remembered, or null, and gives what is to be, or null; it must not wait */
    public synchronized void change(K key, UnaryOperator<V> change) {
        values.compute(key, (_, now) -> change.apply(now));
    }

    public synchronized void forget(K key) {
        values.remove(key);
    }

    /** Of whom anything is remembered now. */
    public synchronized List<K> keys() {
        return List.copyOf(values.keySet());
    }
}
