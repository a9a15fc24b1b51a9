package io.siaran.sequence.batch;

import jakarta.enterprise.context.ApplicationScoped;

/** The engines that need not wait for the next turn of the trigger processor. */
@ApplicationScoped
public class Wakes {

    private final Wake reviews = new Wake();
    private final Wake firing = new Wake();

    /** Leads may enter or leave. */
    public Wake reviews() {
        return reviews;
    }

    /** Steps may be due. */
    public Wake firing() {
        return firing;
    }
}
