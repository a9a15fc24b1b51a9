package io.siaran.sequence.progress;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.siaran.model.DeviceId;
import io.siaran.model.SequenceId;
import io.siaran.model.StepId;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of a sequence so far: of who entered it, of its steps, and on each device. All numbers are of one moment. */
record Report(
        @Schema(description = "The sequence.", example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d47")
        SequenceId sequenceId,

        @Schema(description = "What became of those who entered.")
        Funnel contacts,

        @Schema(description = "What became of all steps together.")
        Counts total,

        @Schema(description = "Every step, by day; steps that nobody reached count zero.")
        List<OfStep> steps,

        @Schema(description = "Every device by which contacts get steps, or are to get them.")
        List<OfDevice> devices) {

    @Schema(name = "StepReport")
    record OfStep(
            @Schema(description = "The step.", example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d48")
            StepId sequenceStepid,

            @Schema(description = "Its day.", example = "1") int dayNumber,

            @Schema(description = "Its trigger.", example = "fitness_day1")
            String trigger,

            @JsonUnwrapped Counts counts,

            @Schema(
                    description =
                            "Seconds from the send of the step before, at the first one from entering, until it was sent:"
                                    + " the mean. Null where nothing was sent.",
                    example = "86412.5",
                    nullable = true)
            Double averageWaitSeconds) {}

    @Schema(name = "DeviceReport")
    record OfDevice(
            @Schema(
                    description = "The device that a step was given to; of a step that was not yet, the lead's.",
                    example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d49")
            DeviceId deviceId,

            @JsonUnwrapped Counts counts) {}
}
