package io.siaran.sequence.authoring;

import io.siaran.model.StepId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which steps come after a place in a sequence, as it is authored now. Whoever is at a step that was removed goes on from where
 * it was: by its {@code next_trigger}, else with what is by day and position in its place. For one thread: what follows a step is
 * computed when somebody first asks, once for however many walks are there.
 */
public final class WayAhead {

    private static final Comparator<PlannedStep> BY_DAY =
            Comparator.comparing(PlannedStep::dayNumber).thenComparing(PlannedStep::position);

    private final Map<StepId, PlannedStep> all = new HashMap<>();
    private final Map<String, PlannedStep> removedByTrigger = new HashMap<>();
    private final Map<StepId, List<PlannedStep>> followers = new HashMap<>();
    private final List<PlannedStep> live;
    private final StepGraph<PlannedStep> graph;
    private final long planVersion;

    /** @param steps those removed included, each trigger's last removed one last */
    public WayAhead(List<PlannedStep> steps, long planVersion) {
        this.planVersion = planVersion;
        this.live =
                steps.stream().filter(step -> !step.removed()).sorted(BY_DAY).toList();
        this.graph = new StepGraph<>(live);
        for (PlannedStep step : steps) {
            all.put(step.id(), step);
            if (step.removed()) {
                removedByTrigger.put(step.trigger(), step);
            }
        }
    }

    /** Of the sequence as these steps are. */
    public long planVersion() {
        return planVersion;
    }

    public PlannedStep step(StepId id) {
        return all.get(id);
    }

    /** Whether there are any that nobody comes to any more. */
    public boolean hasRemoved() {
        return live.size() < all.size();
    }

    /** Whether it is a step, and was not removed. */
    public boolean isLive(StepId id) {
        PlannedStep step = all.get(id);
        return step != null && !step.removed();
    }

    /** In the order of sending by day; those removed left out. */
    public List<PlannedStep> live() {
        return live;
    }

    /** The steps from this one on, it included unless it was removed. */
    public List<PlannedStep> from(StepId id) {
        PlannedStep step = all.get(id);
        return step.removed() ? after(step) : graph.pathFrom(step);
    }

    /** The steps after this one, without those that were reached before. */
    public List<PlannedStep> after(StepId id, Set<StepId> reached) {
        return notReached(id, reached).toList();
    }

    /** The first of them. */
    public Optional<PlannedStep> next(StepId id, Set<StepId> reached) {
        return notReached(id, reached).findFirst();
    }

    private Stream<PlannedStep> notReached(StepId id, Set<StepId> reached) {
        return followers.computeIfAbsent(id, same -> after(all.get(same))).stream()
                .filter(step -> !reached.contains(step.id()));
    }

    private List<PlannedStep> after(PlannedStep step) {
        if (!step.removed()) {
            List<PlannedStep> path = graph.pathFrom(step);
            List<PlannedStep> rest = path.subList(1, path.size());
            return rest.isEmpty() && step.nextTrigger() != null && !graph.has(step.nextTrigger())
                    ? afterRemoved(step.nextTrigger(), new HashSet<>())
                    : rest;
        }
        return afterRemoved(step, new HashSet<>());
    }

    private List<PlannedStep> afterRemoved(PlannedStep step, Set<StepId> seen) {
        if (!seen.add(step.id())) {
            return List.of();
        }
        if (step.nextTrigger() != null) {
            return liveWith(step.nextTrigger())
                    .<List<PlannedStep>>map(next -> new ArrayList<>(graph.pathFrom(next)))
                    .orElseGet(() -> afterRemoved(step.nextTrigger(), seen));
        }
        return live.stream()
                .filter(other -> BY_DAY.compare(other, step) >= 0)
                .findFirst()
                .<List<PlannedStep>>map(next -> new ArrayList<>(graph.pathFrom(next)))
                .orElse(List.of());
    }

    /** A link to what was removed is followed through it; one that leads out of the sequence ends the way. */
    private List<PlannedStep> afterRemoved(String trigger, Set<StepId> seen) {
        PlannedStep removed = removedByTrigger.get(trigger);
        return removed == null ? List.of() : afterRemoved(removed, seen);
    }

    private Optional<PlannedStep> liveWith(String trigger) {
        return live.stream().filter(step -> step.trigger().equals(trigger)).findFirst();
    }
}
