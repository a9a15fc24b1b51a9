package io.siaran.sequence.authoring;

import java.util.Arrays;
import java.util.List;

/** Parts of a sequence whose change means work for the engines: what is equal before and after an edit needs none. */
final class WhatDecides {

    private WhatDecides() {}

    /** Which leads may enter, and where. */
    static List<Object> entry(SequenceDocument sequence) {
        return Arrays.asList(
                sequence.niche(),
                sequence.trigger(),
                sequence.targetStatus(),
                sequence.status(),
                sequence.onePerson(),
                sequence.allowReentry(),
                sequence.steps().stream()
                        .filter(StepDocument::isEntryPoint)
                        .map(step -> List.of(step.trigger(), step.dayNumber()))
                        .toList());
    }

    /** Which step comes when. */
    static List<Object> plan(SequenceDocument sequence) {
        return sequence.steps().stream().<Object>map(StepDocument::plan).toList();
    }
}
