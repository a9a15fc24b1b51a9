package io.siaran.gateway.rules;

import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * How many messages a day a young number may say.
 *
 * @param caps by the age in days from which each holds; zero means without a cap from there on
 */
public record WarmUp(NavigableMap<Integer, Integer> caps) {

    /** No cap at any age. */
    public static final WarmUp NONE = new WarmUp(Map.of());

    public WarmUp {
        int before = 0;
        for (Map.Entry<Integer, Integer> cap : caps.entrySet()) {
            boolean ends = cap.getValue() == 0 && cap.getKey().equals(caps.lastKey());
            if (cap.getKey() < 0 || (cap.getValue() < Math.max(before, 1) && !ends)) {
                throw new IllegalArgumentException("a warm-up counts from day 0 and never falls: " + caps);
            }
            before = cap.getValue();
        }
    }

    public WarmUp(Map<Integer, Integer> caps) {
        this(new TreeMap<>(caps));
    }

    /** Empty where this age has no cap. */
    OptionalInt cap(long ageInDays) {
        // A clock that was set back makes no device younger than new.
        Map.Entry<Integer, Integer> row = caps.floorEntry((int) Math.clamp(ageInDays, 0, Integer.MAX_VALUE));
        return row == null || row.getValue() == 0 ? OptionalInt.empty() : OptionalInt.of(row.getValue());
    }
}
