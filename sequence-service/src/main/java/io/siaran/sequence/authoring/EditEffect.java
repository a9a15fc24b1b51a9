package io.siaran.sequence.authoring;

import io.siaran.model.StepId;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an edit means for the contacts who are inside, as {@code ?dry_run=true} answers it. */
record EditEffect(
        @Schema(description = "How many contacts are inside.", example = "1200")
        long contactsInside,

        @Schema(description = "Each change of a step that contacts have ahead of them; none where nobody has.")
        List<OfStep> steps) {

    record Key(StepId step, String trigger, StepChange change) {}

    @Schema(name = "StepEffect")
    record OfStep(
            @Schema(
                    description = "The step. Of a step that only the dry run made the id is not kept.",
                    example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d48")
            StepId sequenceStepid,

            @Schema(description = "Its trigger.", example = "fitness_day2")
            String trigger,

            @Schema(description = "What becomes of it for these contacts.", example = "added")
            StepChange change,

            @Schema(description = "How many contacts it concerns.", example = "800")
            long contacts) {}

    static EditEffect of(long inside, Map<Key, Long> touched) {
        return new EditEffect(
                inside,
                touched.entrySet().stream()
                        .map(entry -> new OfStep(
                                entry.getKey().step(),
                                entry.getKey().trigger(),
                                entry.getKey().change(),
                                entry.getValue()))
                        .toList());
    }
}
