package io.siaran.campaign.planning;

import io.siaran.model.WireEnum;

/** What was done with a campaign. */
enum CampaignEvent implements WireEnum {
    CREATED,
    EDITED,
    /** Given another time after it had been triggered or had failed. */
    PLANNED_ANEW,
    TRIGGERED,
    PAUSED,
    RESUMED,
    CANCELLED,
    COMPLETED,
    FAILED,
    ARCHIVED,
    UNARCHIVED,
    DELETED;

    /** What a move has done, by what it has changed. */
    static CampaignEvent between(State before, State after) {
        if (after.deleted() && !before.deleted()) {
            return DELETED;
        }
        if (after.archived() != before.archived()) {
            return after.archived() ? ARCHIVED : UNARCHIVED;
        }
        if (after.plannedRun() > before.plannedRun()) {
            return PLANNED_ANEW;
        }
        return after.status() == before.status() ? EDITED : arrived(before.status(), after.status());
    }

    private static CampaignEvent arrived(CampaignStatus from, CampaignStatus at) {
        return switch (at) {
            case SCHEDULED -> from == CampaignStatus.PAUSED ? RESUMED : PLANNED_ANEW;
            case TRIGGERED -> from == CampaignStatus.PAUSED ? RESUMED : TRIGGERED;
            case PAUSED -> PAUSED;
            case COMPLETED -> COMPLETED;
            case FAILED -> FAILED;
            case CANCELLED -> CANCELLED;
        };
    }

    /** What of a campaign moves change. */
    record State(CampaignStatus status, int plannedRun, boolean archived, boolean deleted) {

        static State of(Campaign campaign) {
            return new State(
                    campaign.life.status, campaign.plannedRun(), campaign.life.archivedAt != null, campaign.deleted);
        }
    }
}
