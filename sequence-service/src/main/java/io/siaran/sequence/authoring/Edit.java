package io.siaran.sequence.authoring;

import io.siaran.model.StepId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A change of a sequence, made or only tried, and what it means for the contacts who are inside. */
record Edit(Sequence sequence, SequenceDocument before, List<PlannedStep> stepsBefore, long versionBefore) {

    /** How many contacts are at a step, and whether its message is out already. */
    record Crowd(StepId step, boolean out, long contacts) {}

    /** Of a sequence that is about to be changed. */
    static Edit of(Sequence sequence) {
        return new Edit(sequence, sequence.document(), sequence.planned(), sequence.versions.current);
    }

    EditEffect effectOn(List<Crowd> crowds) {
        SequenceDocument after = sequence.document();
        WayAhead oldWay = new WayAhead(stepsBefore, 0);
        WayAhead newWay = new WayAhead(sequence.planned(), 0);
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

    private static Map<StepId, StepDocument> byId(SequenceDocument document) {
        Map<StepId, StepDocument> steps = new HashMap<>();
        document.steps().forEach(step -> steps.put(step.id(), step));
        return steps;
    }

    private static Set<StepId> ids(List<PlannedStep> steps) {
        Set<StepId> ids = new HashSet<>();
        steps.forEach(step -> ids.add(step.id()));
        return ids;
    }
}
