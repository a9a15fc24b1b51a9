package io.siaran.sequence.authoring;

import io.siaran.model.StepId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A change of a sequence, made or only tried, and what it means for the contacts who are inside. */
record Edit(Sequence sequence, SequenceDocument before, long versionBefore) {

    /** How many contacts are at a step, and whether its message is out already. */
    record Crowd(StepId step, boolean out, long contacts) {}

    EditEffect effectOn(List<Crowd> crowds) {
        SequenceDocument after = sequence.document();
        WayAhead oldWay = way(before.steps(), List.of());
        WayAhead newWay = way(after.steps(), gone(before, after));
        Map<EditEffect.Key, Long> touched = new LinkedHashMap<>();
        Map<StepId, StepDocument> old = byId(before);
        Map<StepId, StepDocument> now = byId(after);
        for (Crowd crowd : crowds) {
            Set<StepId> ahead = ids(ahead(oldWay, oldWay, crowd));
            Set<StepId> next = ids(ahead(oldWay, newWay, crowd));
            ahead.stream()
                    .filter(step -> !next.contains(step))
                    .forEach(step -> touch(touched, old.get(step), StepChange.REMOVED, crowd));
            for (StepId step : next) {
                StepDocument was = old.get(step);
                StepDocument is = now.get(step);
                if (!ahead.contains(step)) {
                    touch(touched, is, StepChange.ADDED, crowd);
                } else if (!Objects.equals(was.timing(), is.timing())) {
                    touch(touched, is, StepChange.RETIMED, crowd);
                }
                if (ahead.contains(step) && !Objects.equals(was.message(), is.message())) {
                    touch(touched, is, StepChange.REWRITTEN, crowd);
                }
            }
        }
        return EditEffect.of(crowds.stream().mapToLong(Crowd::contacts).sum(), touched);
    }

    /** Where the crowd goes by a way; who waits for a step goes on from the one before it, as it was. */
    private static List<PlannedStep> ahead(WayAhead old, WayAhead way, Crowd crowd) {
        if (old.step(crowd.step()) == null) {
            return List.of();
        }
        if (crowd.out()) {
            return way.after(crowd.step(), Set.of());
        }
        return old.live().stream()
                .filter(step -> old.after(step.id(), Set.of()).stream()
                        .findFirst()
                        .filter(next -> next.id().equals(crowd.step()))
                        .isPresent())
                .reduce((first, second) -> second)
                .map(step -> way.after(step.id(), Set.of()))
                .orElseGet(() -> way.from(crowd.step()));
    }

    private static void touch(Map<EditEffect.Key, Long> touched, StepDocument step, StepChange change, Crowd crowd) {
        touched.merge(new EditEffect.Key(step.id(), step.trigger(), change), crowd.contacts(), Long::sum);
    }

    private static List<StepDocument> gone(SequenceDocument before, SequenceDocument after) {
        Set<StepId> kept = byId(after).keySet();
        return before.steps().stream().filter(step -> !kept.contains(step.id())).toList();
    }

    private static Map<StepId, StepDocument> byId(SequenceDocument document) {
        Map<StepId, StepDocument> steps = new HashMap<>();
        document.steps().forEach(step -> steps.put(step.id(), step));
        return steps;
    }

    private static WayAhead way(List<StepDocument> live, List<StepDocument> gone) {
        List<PlannedStep> steps = new ArrayList<>();
        for (int place = 0; place < live.size(); place++) {
            steps.add(live.get(place).planned(place, false));
        }
        // One that was removed goes on with what is by day in its place; among those of one day, with the first.
        gone.forEach(step -> steps.add(step.planned(0, true)));
        return new WayAhead(steps, 0);
    }

    private static Set<StepId> ids(List<PlannedStep> steps) {
        Set<StepId> ids = new HashSet<>();
        steps.forEach(step -> ids.add(step.id()));
        return ids;
    }
}
