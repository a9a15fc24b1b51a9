package io.siaran.sequence.firing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Lets tests of every package run the trigger processor. */
@ApplicationScoped
public class TriggerRuns {

    @Inject
    TriggerProcessor processor;

    @Inject
    FireDueSteps firing;

    public void pass() {
        processor.mark();
        processor.pass();
    }

    public void repeatWhatIsSilent() {
        firing.repeatWhatIsSilent();
    }
}
