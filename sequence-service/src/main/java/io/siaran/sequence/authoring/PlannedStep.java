package io.siaran.sequence.authoring;

import io.siaran.model.StepId;
import io.siaran.sequence.timeline.Wait;
import java.math.BigDecimal;
import java.time.LocalTime;

/**
 * A step as the engines read it: its place in the graph, and how long it waits.
 *
 * @param position in the order of the author; one that was removed keeps a place of its own in it (StepOrder)
 */
public record PlannedStep(
        StepId id,
        int position,
        Integer dayNumber,
        String trigger,
        String nextTrigger,
        BigDecimal triggerDelayHours,
        LocalTime sendAt,
        Boolean isEntryPoint,
        boolean removed)
        implements LinkedStep {

    /** @param first whether an enrolment begins with it */
    public Wait waiting(boolean first) {
        return Wait.of(triggerDelayHours, sendAt, first);
    }
}
