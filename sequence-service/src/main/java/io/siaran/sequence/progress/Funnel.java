package io.siaran.sequence.progress;

import io.siaran.sequence.enrolment.LeftReason;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of those who entered a sequence. */
@Schema(name = "SequenceFunnel")
record Funnel(
        @Schema(description = "How many entered; somebody who entered again counts again.", example = "1200")
        long entered,

        @Schema(description = "How many of them are inside.", example = "700")
        long inside,

        @Schema(description = "How many were through their last step.", example = "300")
        long completed,

        @Schema(description = "How many left before.", example = "200")
        long left,

        @Schema(description = "How many answered at least once, whatever became of them.", example = "90")
        long replied,

        @Schema(description = "Why they left; a reason that nobody had is left out.")
        List<Reason> leftByReason) {

    @Schema(name = "LeftByReason")
    record Reason(
            @Schema(description = "The reason.", example = "replied")
            LeftReason reason,

            @Schema(description = "How many left for it.", example = "40")
            long contacts) {}

    static Funnel of(Measures measures) {
        List<Reason> reasons = Arrays.stream(LeftReason.values())
                .map(reason -> new Reason(reason, measures.of("left_" + reason.wire())))
                .filter(reason -> reason.contacts() > 0)
                .toList();
        return new Funnel(
                measures.of("entered"),
                measures.of("inside"),
                measures.of("completed"),
                reasons.stream().mapToLong(Reason::contacts).sum(),
                measures.of("replied"),
                reasons);
    }
}
