package io.siaran.sequence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sequences as the CRM would post them. */
public final class Fitness {

    private Fitness() {}

    /** The active challenge of the design, with its first {@code days}; each a day after the one before. */
    public static Map<String, Object> challenge(int days) {
        List<Map<String, Object>> steps = new ArrayList<>();
        for (int day = 1; day <= days; day++) {
            steps.add(step(day));
        }
        Map<String, Object> sequence = new LinkedHashMap<>();
        sequence.put("name", "30 Day Fitness Challenge");
        sequence.put("niche", "fitness");
        sequence.put("trigger", "fitness_start");
        sequence.put("status", "active");
        sequence.put("steps", steps);
        return sequence;
    }

    public static Map<String, Object> step(int day) {
        Map<String, Object> step = new LinkedHashMap<>();
        step.put("day_number", day);
        step.put("trigger", "fitness_day" + day);
        step.put("is_entry_point", day == 1);
        step.put("content", "Day " + day + " for {{name}}");
        return step;
    }

    /** The same with one more field, or another value of it. */
    public static Map<String, Object> with(Map<String, Object> document, String field, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(document);
        changed.put(field, value);
        return changed;
    }

    /** The same with a field of one of its steps changed. */
    public static Map<String, Object> withStep(Map<String, Object> document, int index, String field, Object value) {
        List<Map<String, Object>> steps = new ArrayList<>();
        ((List<?>) document.get("steps")).forEach(step -> steps.add(copy((Map<?, ?>) step)));
        steps.get(index).put(field, value);
        return with(document, "steps", steps);
    }

    private static Map<String, Object> copy(Map<?, ?> step) {
        Map<String, Object> copy = new LinkedHashMap<>();
        step.forEach((field, value) -> copy.put((String) field, value));
        return copy;
    }
}
