package io.siaran.sequence.authoring;

import io.siaran.model.MessageType;
import io.siaran.rest.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a sequence must satisfy beyond each field for itself; says everything that is wrong at once. */
final class SequenceRules {

    private final SequenceDocument sequence;
    private final StepGraph<StepDocument> graph;
    private final List<Violation> violations = new ArrayList<>();

    private SequenceRules(SequenceDocument sequence) {
        this.sequence = sequence;
        this.graph = new StepGraph<>(sequence.steps());
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

    /** What its author should know of one that can be stored. */
    static List<Violation> warnings(List<StepDocument> steps) {
        List<Violation> warnings = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            String field = "steps[" + i + "].content";
            steps.get(i).text().warnings().forEach(warning -> warnings.add(new Violation(field, warning)));
        }
        return warnings;
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

    private void step(String path, StepDocument step) {
        delays(path, step.minDelaySeconds(), step.maxDelaySeconds());
        if (step.messageType() == MessageType.IMAGE && step.mediaUrl() == null) {
            refuse(path + "media_url", "is required for an image");
        }
        step.text().refusal().ifPresent(reason -> refuse(path + "content", reason));
        if (step.nextTrigger() != null && graph.comesBackTo(step)) {
            refuse(path + "next_trigger", "leads back to this step");
        }
    }

    private void delays(String path, Integer min, Integer max) {
        if ((min == null) != (max == null)) {
            refuse(path + (min == null ? "min" : "max") + "_delay_seconds", "both delays are given, or neither");
        } else if (min != null && min > max) {
            refuse(path + "max_delay_seconds", "must not be below min_delay_seconds");
        }
    }

    private void uniqueTriggers() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < sequence.steps().size(); i++) {
            if (!seen.add(sequence.steps().get(i).trigger())) {
                refuse("steps[" + i + "].trigger", "is the trigger of an earlier step as well");
            }
        }
    }

    private void entryPoint() {
        if (sequence.steps().stream().noneMatch(StepDocument::isEntryPoint)) {
            refuse("steps", "an active sequence needs a step with is_entry_point");
        }
    }

    private void everyStepLeadsSomewhere(Set<String> elsewhere) {
        for (int i = 0; i < sequence.steps().size(); i++) {
            String next = sequence.steps().get(i).nextTrigger();
            if (next != null && !graph.has(next) && !elsewhere.contains(next)) {
                refuse("steps[" + i + "].next_trigger", "no step here and no sequence's entry has this trigger");
            }
        }
    }

    private void refuse(String field, String message) {
        violations.add(new Violation(field, message));
    }
}
