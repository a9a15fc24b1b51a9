package io.siaran.campaign.planning;

import io.siaran.rest.Refusal;
import jakarta.persistence.Embeddable;

/** Which run of a campaign it is: each plan begins one, and so does each text that goes to whom those before have not reached. */
@Embeddable
class Runs {

    /** Of one plan; each edit of what its messages say or how they are paced is one, and as dear as the first one was. */
    static final int MOST_TEXTS = 20;

    int run = 1;

    /** The first run of the present plan; those after it have its time and its recipients, and another text. */
    int plannedRun = 1;

    /** @throws Refusal (a 409) where this plan has had all that it may have */
    void nextText() {
        if (run - plannedRun >= MOST_TEXTS - 1) {
            throw Refusal.conflict("a campaign that has begun has at most " + MOST_TEXTS
                    + " texts, and this one has had them; give it another date or time, or clone it");
        }
        run++;
    }

    /** Whom an earlier run reached gets nothing of the next, so one that has not begun is the same still. */
    void planAnew(boolean hasBegun) {
        run += hasBegun ? 1 : 0;
        plannedRun = run;
    }
}
