package io.siaran.sequence.authoring;

import io.siaran.model.StepId;
import io.siaran.model.TimeOrderedId;
import io.siaran.rest.Violation;
import io.siaran.rest.ViolationCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Which steps of a stored sequence the steps of its new version are: the one with the same {@code id}, or, without an id,
 * the one with the same trigger. All others are new, and what is not among them is removed.
 */
final class StepChanges {

    private final List<Step> before;
    private final List<StepDocument> wanted;

    /** The stored step of each wanted one, null where it is new. */
    private final List<Step> stored = new ArrayList<>();

    private final List<Violation> violations = new ArrayList<>();

    /** @param before in their order */
    StepChanges(List<Step> before, List<StepDocument> wanted) {
        this.before = before;
        this.wanted = wanted;
        matchById();
        matchByTrigger();
    }

    /** Ids that are not of this sequence, or stand there twice. */
    List<Violation> violations() {
        return violations;
    }

    /** How many are removed. */
    int gone() {
        return before.size()
                - (int) stored.stream().filter(Objects::nonNull).distinct().count();
    }

    /** The stored step that the wanted one at this place is, or null. */
    Step storedAt(int place) {
        return stored.get(place);
    }

    /** The sequence, which has the steps of before, has those that are wanted from now on. */
    void applyTo(Sequence sequence, Instant now, RandomGenerator random) {
        StepOrder order = new StepOrder(sequence);
        List<Step> after = new ArrayList<>();
        for (StepDocument document : wanted) {
            int place = after.size();
            Step known = stored.get(place);
            Step step = known == null ? new Step(TimeOrderedId.v7(now, random), sequence, place, document) : known;
            step.become(document);
            after.add(step);
        }
        List<Step> steps = sequence.steps;
        List<Step> gone = steps.stream().filter(step -> !after.contains(step)).toList();
        gone.forEach(step -> step.remove(now));
        sequence.removedSteps.addAll(gone);
        steps.removeAll(gone);
        after.stream().filter(step -> !steps.contains(step)).forEach(steps::add);
        order.follow(after);
        steps.sort(Comparator.comparingInt(step -> step.position));
    }

    private void matchById() {
        Map<StepId, Step> byId = new HashMap<>();
        before.forEach(step -> byId.put(new StepId(step.id), step));
        Set<StepId> seen = new HashSet<>();
        for (int place = 0; place < wanted.size(); place++) {
            StepId id = wanted.get(place).id();
            stored.add(id == null ? null : byId.get(id));
            if (id != null && !byId.containsKey(id)) {
                refuse(place, "is no step of this sequence; a new step has no id");
            } else if (id != null && !seen.add(id)) {
                refuse(place, "is the id of an earlier step as well");
            }
        }
    }

    private void matchByTrigger() {
        Map<String, Step> byTrigger = new HashMap<>();
        before.stream().filter(step -> !stored.contains(step)).forEach(step -> byTrigger.put(step.trigger, step));
        for (int place = 0; place < wanted.size(); place++) {
            if (wanted.get(place).id() == null) {
                stored.set(place, byTrigger.get(wanted.get(place).trigger()));
            }
        }
    }

    private void refuse(int place, String message) {
        violations.add(new Violation("steps[" + place + "].id", message, ViolationCode.INVALID));
    }
}
