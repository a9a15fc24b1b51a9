package io.siaran.sequence.authoring;

import static io.siaran.rest.ViolationCode.CONTRADICTION;
import static io.siaran.rest.ViolationCode.INVALID;
import static io.siaran.rest.ViolationCode.READ_ONLY;
import static io.siaran.rest.ViolationCode.REQUIRED;
import static io.siaran.rest.ViolationCode.TEMPLATE;
import static io.siaran.rest.ViolationCode.TOO_MANY;

import io.siaran.model.MessageType;
import io.siaran.rest.Violation;
import io.siaran.rest.ViolationCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a sequence must satisfy beyond each field for itself; says everything that is wrong at once. */
final class SequenceRules {

    private final SequenceDocument sequence;
    private final StepGraph<StepDocument> graph;
    private final List<Violation> violations = new ArrayList<>();

    private SequenceRules(SequenceDocument sequence) {
        this.sequence = sequence;
        this.graph = new StepGraph<>(sequence.steps());
    }

    /** What keeps it from being made: as {@link #ofDraft}, and no step has an id yet. */
    static List<Violation> ofNew(SequenceDocument sequence) {
        List<Violation> violations = new ArrayList<>(ofDraft(sequence));
        for (int i = 0; i < sequence.steps().size(); i++) {
            if (sequence.steps().get(i).id() != null) {
                violations.add(new Violation("steps[" + i + "].id", "is given by the service", READ_ONLY));
            }
        }
        return violations;
    }

    /** What keeps it from being stored. */
    static List<Violation> ofDraft(SequenceDocument sequence) {
        SequenceRules rules = new SequenceRules(sequence);
        rules.delays("", sequence.minDelaySeconds(), sequence.maxDelaySeconds());
        rules.uniqueTriggers();
        for (int i = 0; i < sequence.steps().size(); i++) {
            rules.step("steps[" + i + "].", sequence.steps().get(i));
        }
        return rules.violations;
    }

    /**
     * What keeps it from being active.
     *
     * @param elsewhere the entry triggers of the user's other sequences among those that this one leads to
     */
    static List<Violation> ofActivation(SequenceDocument sequence, Set<String> elsewhere) {
        SequenceRules rules = new SequenceRules(sequence);
        rules.entryPoint();
        rules.everyStepLeadsSomewhere(elsewhere);
        return rules.violations;
    }

    /**
     * What keeps steps from being removed.
     *
     * @param before how many were removed by earlier edits, and are kept
     */
    static List<Violation> ofRemoved(int before, int now, int most) {
        return now > 0 && before + now > most
                ? List.of(new Violation(
                        "steps",
                        "would leave more than " + most
                                + " steps that were removed and somebody may be at: clone the sequence, and change the copy",
                        TOO_MANY))
                : List.of();
    }

    /** The triggers that this sequence leads to and does not have itself. */
    static Set<String> leadsTo(SequenceDocument sequence) {
        StepGraph<StepDocument> graph = new StepGraph<>(sequence.steps());
        Set<String> triggers = new TreeSet<>();
        sequence.steps().stream()
                .map(StepDocument::nextTrigger)
                .filter(next -> next != null && !graph.has(next))
                .forEach(triggers::add);
        return triggers;
    }

    static String isInUse(long inside) {
        return contacts(inside) + " inside the sequence, which is active: deactivate it first, then delete it";
    }

    private static String contacts(long count) {
        return count == 1 ? "1 contact is" : count + " contacts are";
    }

    private void step(String path, StepDocument step) {
        delays(path, step.minDelaySeconds(), step.maxDelaySeconds());
        if (step.messageType() == MessageType.IMAGE && step.mediaUrl() == null) {
            refuse(path + "media_url", "is required for an image", REQUIRED);
        }
        if (step.messageType() == MessageType.TEXT && step.mediaUrl() != null) {
            refuse(path + "media_url", "is for an image: message_type is text", CONTRADICTION);
        }
        if (step.sendAt() != null && step.sendAt().getSecond() != 0) {
            refuse(path + "send_at", "must be a time of day as HH:MM", INVALID);
        }
        step.text().refusal().ifPresent(reason -> refuse(path + "content", reason, TEMPLATE));
        if (step.nextTrigger() != null) {
            noCircle(path, step);
        }
    }

    private void noCircle(String path, StepDocument step) {
        List<StepDocument> circle = graph.circleFrom(step);
        if (!circle.isEmpty()) {
            String way = circle.stream().map(StepDocument::trigger).collect(Collectors.joining(" → "));
            refuse(path + "next_trigger", "leads back to this step: " + way + " → " + step.trigger(), CONTRADICTION);
        }
    }

    private void delays(String path, Integer min, Integer max) {
        if ((min == null) != (max == null)) {
            refuse(
                    path + (min == null ? "min" : "max") + "_delay_seconds",
                    "both delays are given, or neither",
                    REQUIRED);
        } else if (min != null && min > max) {
            refuse(path + "max_delay_seconds", "must not be below min_delay_seconds", CONTRADICTION);
        }
    }

    private void uniqueTriggers() {
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < sequence.steps().size(); i++) {
            Integer earlier = seen.putIfAbsent(sequence.steps().get(i).trigger(), i);
            if (earlier != null) {
                refuse("steps[" + i + "].trigger", "is the trigger of steps[" + earlier + "] as well", CONTRADICTION);
            }
        }
    }

    private void entryPoint() {
        if (sequence.steps().stream().noneMatch(StepDocument::isEntryPoint)) {
            refuse("steps", "an active sequence needs a step with is_entry_point", REQUIRED);
        }
    }

    private void everyStepLeadsSomewhere(Set<String> elsewhere) {
        for (int i = 0; i < sequence.steps().size(); i++) {
            String next = sequence.steps().get(i).nextTrigger();
            if (next != null && !graph.has(next) && !elsewhere.contains(next)) {
                refuse(
                        "steps[" + i + "].next_trigger",
                        "no step here and no sequence's entry has this trigger",
                        INVALID);
            }
        }
    }

    private void refuse(String field, String message, ViolationCode code) {
        violations.add(new Violation(field, message, code));
    }
}
