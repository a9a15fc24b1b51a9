package io.siaran.campaign.planning;

import io.siaran.model.PlanStatus;
import io.siaran.model.Wire;
import java.util.Set;

/** Where a campaign stands; drawn in {@code docs/states.md}. */
public enum CampaignStatus implements Wire {
    /** Waits for its time. Entered at creation, and when a pause ends before the time; left by the trigger. */
    SCHEDULED,
    /** Its audience is published, or being published. Entered at its time or by hand; left when all is told. */
    TRIGGERED,
    /** A person holds it; what is queued waits. Goes back to where it was. */
    PAUSED,
    /** Every message of the run was told its outcome. */
    COMPLETED,
    /** It missed its window, or none of its messages was sent. */
    FAILED,
    /** A person gave it up; what is unsent is cancelled. */
    CANCELLED;

    boolean mayBecome(CampaignStatus next) {
        return successors().contains(next);
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
            case TRIGGERED -> Set.of(PAUSED, COMPLETED, FAILED, CANCELLED);
            case PAUSED -> Set.of(SCHEDULED, TRIGGERED, CANCELLED);
            case COMPLETED, FAILED, CANCELLED -> Set.of();
        };
    }
}
