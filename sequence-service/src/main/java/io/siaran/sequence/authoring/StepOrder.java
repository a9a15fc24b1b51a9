package io.siaran.sequence.authoring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * In which order the steps of a sequence stand after an edit, those removed included: whoever is at one of these goes on from
 * its place. It stays behind what it followed and before all that came after it, so that nobody skips what they had ahead of
 * them; what is new in its place comes after it.
 */
final class StepOrder {

    private static final Comparator<Step> BY_DAY =
            Comparator.<Step>comparingInt(step -> step.dayNumber).thenComparingInt(step -> step.position);

    /** As they stood before the edit; kept here because an edit changes days. */
    private final List<Step> before = new ArrayList<>();

    private final Map<Step, Integer> places = new HashMap<>();

    /** Of the sequence before the edit. */
    StepOrder(Sequence sequence) {
        before.addAll(sequence.removedSteps);
        before.addAll(sequence.steps);
        before.sort(BY_DAY);
        before.forEach(step -> places.put(step, places.size()));
    }

    /** Gives every step its position after the edit. */
    void follow(List<Step> live) {
        Map<Step, List<Step>> behind = new HashMap<>();
        before.stream()
                .filter(step -> step.removedAt != null)
                .forEach(step -> behind.computeIfAbsent(lastBefore(step, live), none -> new ArrayList<>())
                        .add(step));
        List<Step> after = new ArrayList<>(behind.getOrDefault(null, List.of()));
        for (Step step : live) {
            after.add(step);
            after.addAll(behind.getOrDefault(step, List.of()));
        }
        for (int place = 0; place < after.size(); place++) {
            after.get(place).position = place;
        }
    }

    /** The live step behind which one that was removed stands among those of its day; null: before all of them. */
    private Step lastBefore(Step removed, List<Step> live) {
        Step last = null;
        for (Step step : live) {
            if (step.dayNumber == removed.dayNumber && places.containsKey(step)) {
                if (places.get(step) > places.get(removed)) {
                    return last;
                }
                last = step;
            }
        }
        return last;
    }
}
