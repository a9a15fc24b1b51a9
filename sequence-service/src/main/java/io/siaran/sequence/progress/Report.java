package io.siaran.sequence.progress;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.siaran.model.DeviceId;
import io.siaran.model.SequenceId;
import io.siaran.model.StepId;
import java.util.List;

/** What became of a sequence's steps so far: at each step, and on each device that its leads are on now. */
record Report(SequenceId sequenceId, List<OfStep> steps, List<OfDevice> devices) {

    record OfStep(
            StepId sequenceStepid,
            int dayNumber,
            String trigger,
            @JsonUnwrapped Counts counts) {}

    record OfDevice(DeviceId deviceId, @JsonUnwrapped Counts counts) {}
}
