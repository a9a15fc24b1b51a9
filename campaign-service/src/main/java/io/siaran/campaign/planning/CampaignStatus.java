package io.siaran.campaign.planning;

import io.siaran.model.PlanStatus;
import io.siaran.model.WireEnum;
import java.util.Set;

/** Where a campaign stands; drawn in {@code docs/states.md}. */
public enum CampaignStatus implements WireEnum {
    /**
     * Waits for its time. Entered at creation, when a pause ends before the time, and
     * when it is given another time after it was triggered; left by the trigger.
     */
    SCHEDULED,
    /**
     * Its audience is published, or being published. Entered at its time or by hand; left when
     * the outcome of every message is known, or when it is given another time.
     */
    TRIGGERED,
    /** An operator holds it; what is queued waits. Goes back to where it was. */
    PAUSED,
    /** The outcome of every message of the run is known. Left for another time, or for good while messages are tried again. */
    COMPLETED,
    /** It missed its window, or none of its messages was sent. Left as one that is completed. */
    FAILED,
    /** An operator gave it up; what is unsent is cancelled. */
    CANCELLED;

    boolean mayBecome(CampaignStatus next) {
        return successors().contains(next);
    }

    boolean isOver() {
        return hasEnded() || this == CANCELLED;
    }

    /** By itself. Of its messages some may be tried again. */
    boolean hasEnded() {
        return this == COMPLETED || this == FAILED;
    }

    /** Whether what is queued may be sent, in the words of the topic of plans. */
    PlanStatus plan() {
        return switch (this) {
            case SCHEDULED, TRIGGERED -> PlanStatus.ACTIVE;
            case PAUSED -> PlanStatus.PAUSED;
            case COMPLETED -> PlanStatus.COMPLETED;
            case FAILED -> PlanStatus.FAILED;
            case CANCELLED -> PlanStatus.CANCELLED;
        };
    }

    private Set<CampaignStatus> successors() {
        return switch (this) {
            case SCHEDULED -> Set.of(TRIGGERED, PAUSED, FAILED, CANCELLED);
            case TRIGGERED -> Set.of(SCHEDULED, PAUSED, COMPLETED, FAILED, CANCELLED);
            case PAUSED -> Set.of(SCHEDULED, TRIGGERED, CANCELLED);
            case COMPLETED, FAILED -> Set.of(SCHEDULED, CANCELLED);
            case CANCELLED -> Set.of();
        };
    }
}
