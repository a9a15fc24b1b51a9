package io.siaran.sequence.progress;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.siaran.model.DeviceId;
import io.siaran.model.SequenceId;
import io.siaran.model.StepId;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of a sequence's steps so far: at each step, and on each device that its leads are on now. */
record Report(
        @Schema(description = "The sequence.", example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d47")
        SequenceId sequenceId,

        @Schema(description = "Every step, by day; steps that nobody reached count zero.")
        List<OfStep> steps,

        @Schema(description = "Every device that a contact's lead is on now.")
        List<OfDevice> devices) {

    @Schema(name = "StepReport")
    record OfStep(
            @Schema(description = "The step.", example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d48")
            StepId sequenceStepid,

            @Schema(description = "Its day.", example = "1") int dayNumber,

            @Schema(description = "Its trigger.", example = "fitness_day1")
            String trigger,

            @JsonUnwrapped Counts counts) {}

    @Schema(name = "DeviceReport")
    record OfDevice(
            @Schema(
                    description = "The device; null for leads that are not known any more.",
                    example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d49",
                    nullable = true)
            DeviceId deviceId,

            @JsonUnwrapped Counts counts) {}
}
