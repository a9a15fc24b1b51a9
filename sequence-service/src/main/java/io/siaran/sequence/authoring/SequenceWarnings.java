package io.siaran.sequence.authoring;

import io.siaran.rest.Warning;
import io.siaran.rest.WarningCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the author of a sequence should know of it, although it can be stored. */
final class SequenceWarnings {

    private final SequenceDocument sequence;
    private final List<Warning> warnings = new ArrayList<>();

    private SequenceWarnings(SequenceDocument sequence) {
        this.sequence = sequence;
    }

    /**
     * All of them, in the order of the document.
     *
     * @param taken the triggers that let leads into another active sequence of the user
     */
    static List<Warning> of(SequenceDocument sequence, Set<String> taken) {
        SequenceWarnings found = new SequenceWarnings(sequence);
        found.twins(taken);
        found.entryPoint();
        found.unreachableSteps();
        found.texts();
        return found.warnings;
    }

    static Warning emptyAudience() {
        return new Warning(WarningCode.EMPTY_AUDIENCE, "niche", "no lead has this niche and target status yet");
    }

    /** The triggers that let leads into this sequence once it is active. */
    static Set<String> entryTriggers(SequenceDocument sequence) {
        Set<String> triggers = new TreeSet<>();
        sequence.steps().stream()
                .filter(StepDocument::isEntryPoint)
                .map(StepDocument::trigger)
                .forEach(triggers::add);
        if (!triggers.isEmpty() && sequence.trigger() != null) {
            triggers.add(sequence.trigger());
        }
        return triggers;
    }

    private void twins(Set<String> taken) {
        if (sequence.trigger() != null && taken.contains(sequence.trigger())) {
            warnings.add(twin("trigger"));
        }
        for (int i = 0; i < sequence.steps().size(); i++) {
            StepDocument step = sequence.steps().get(i);
            if (step.isEntryPoint() && taken.contains(step.trigger())) {
                warnings.add(twin(field(i, "trigger")));
            }
        }
    }

    private void entryPoint() {
        if (sequence.steps().stream().noneMatch(StepDocument::isEntryPoint)) {
            warnings.add(new Warning(
                    WarningCode.NO_ENTRY_TRIGGER,
                    "steps",
                    "nobody can enter: no step has is_entry_point, so no trigger leads in"));
        }
    }

    private void unreachableSteps() {
        StepGraph<StepDocument> graph = new StepGraph<>(sequence.steps());
        Set<String> reached = new HashSet<>();
        sequence.steps().stream()
                .filter(StepDocument::isEntryPoint)
                .flatMap(entry -> graph.pathFrom(entry).stream())
                .forEach(step -> reached.add(step.trigger()));
        for (int i = 0; i < sequence.steps().size() && !reached.isEmpty(); i++) {
            if (!reached.contains(sequence.steps().get(i).trigger())) {
                warnings.add(
                        new Warning(
                                WarningCode.UNREACHABLE_STEP,
                                field(i, "trigger"),
                                "no path from an entry point leads to this step: each step before it that is reached names another next_trigger"));
            }
        }
    }

    private void texts() {
        for (int i = 0; i < sequence.steps().size(); i++) {
            String field = field(i, "content");
            sequence.steps()
                    .get(i)
                    .text()
                    .warnings()
                    .forEach(warning -> warnings.add(new Warning(WarningCode.TOO_LONG_FOR_PLATFORM, field, warning)));
        }
    }

    private static Warning twin(String field) {
        return new Warning(
                WarningCode.TWIN_TRIGGER,
                field,
                "this trigger lets leads into another active sequence as well: whoever gets it enters both");
    }

    private static String field(int step, String name) {
        return "steps[" + step + "]." + name;
    }
}
