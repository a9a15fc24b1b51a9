package io.siaran.sequence.authoring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * In which order the steps of one sequence come.
 *
 * <p>A step is followed by the one whose trigger is its {@code next_trigger}. Without one, by the next by day, and by
 * position within a day. With one that is no trigger of this sequence the path ends: it leads into another.
 */
public final class StepGraph<S extends LinkedStep> {

    private final List<S> byDay;
    private final Map<String, Integer> places = new HashMap<>();

    /** @param steps in the order in which they were authored, triggers unique */
    public StepGraph(List<S> steps) {
        byDay = new ArrayList<>(steps);
        byDay.sort(Comparator.comparing(LinkedStep::dayNumber));
        for (int place = 0; place < byDay.size(); place++) {
            places.put(byDay.get(place).trigger(), place);
        }
    }

    /** This step and every one after it; ends where it would come back to one it has. */
    public List<S> pathFrom(S entry) {
        List<S> path = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Optional<S> step = Optional.of(entry);
        while (step.isPresent() && seen.add(step.get().trigger())) {
            path.add(step.get());
            step = after(step.get());
        }
        return path;
    }

    /** The steps that follow this one until it comes again; empty where it does not. */
    List<S> circleFrom(S start) {
        List<S> circle = new ArrayList<>();
        Optional<S> step = Optional.of(start);
        while (step.isPresent() && circle.size() < byDay.size()) {
            circle.add(step.get());
            step = after(step.get());
            if (step.isPresent() && step.get().trigger().equals(start.trigger())) {
                return circle;
            }
        }
        return List.of();
    }

    boolean has(String trigger) {
        return places.containsKey(trigger);
    }

    private Optional<S> after(S step) {
        int next = step.nextTrigger() == null
                ? places.get(step.trigger()) + 1
                : places.getOrDefault(step.nextTrigger(), byDay.size());
        return next < byDay.size() ? Optional.of(byDay.get(next)) : Optional.empty();
    }
}
