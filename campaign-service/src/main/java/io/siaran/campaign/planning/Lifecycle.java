package io.siaran.campaign.planning;

import io.siaran.rest.Refusal;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Where a campaign has come to, and when. Each method throws a {@link Refusal} (a 409) for a move that {@link CampaignStatus} does not
 * know.
 */
@Embeddable
class Lifecycle {

    CampaignStatus status = CampaignStatus.SCHEDULED;

    StatusReason statusReason;

    /** Null until this run's fan-out may begin. */
    Instant triggeredAt;

    /** Null until the outcome of every message of this run is known. */
    Instant completedAt;

    /** Null unless an operator took it out of the lists. */
    Instant archivedAt;

    boolean hasBegun() {
        return triggeredAt != null;
    }

    /** Whether its plan can only be made anew: it has begun, or could not. */
    boolean isPastPlanning() {
        return hasBegun() || status == CampaignStatus.FAILED;
    }

    void trigger(Instant now) {
        become(CampaignStatus.TRIGGERED, "triggered");
        triggeredAt = now.truncatedTo(ChronoUnit.MICROS);
    }

    /** Goes back to where the pause found it. */
    void resume() {
        become(hasBegun() ? CampaignStatus.TRIGGERED : CampaignStatus.SCHEDULED, "resumed");
    }

    void complete(Instant now) {
        become(CampaignStatus.COMPLETED, "completed");
        completedAt = now.truncatedTo(ChronoUnit.MICROS);
    }

    void cancel() {
        become(CampaignStatus.CANCELLED, "cancelled");
        statusReason = null;
    }

    void fail(StatusReason reason) {
        become(CampaignStatus.FAILED, "failed");
        statusReason = reason;
    }

    /** Out of the lists, which only what is over may leave. */
    void archive(Instant now) {
        if (!status.isOver()) {
            throw refused("archived");
        }
        archivedAt = archivedAt == null ? now.truncatedTo(ChronoUnit.MICROS) : archivedAt;
    }

    /** As before its first run. A paused campaign stays so until it is resumed. */
    void planAnew() {
        triggeredAt = null;
        completedAt = null;
        archivedAt = null;
        statusReason = null;
        if (status != CampaignStatus.PAUSED) {
            become(CampaignStatus.SCHEDULED, "planned anew");
        }
    }

    /** @param participle what is refused where it may not */
    void become(CampaignStatus next, String participle) {
        if (!status.mayBecome(next)) {
            throw refused(participle);
        }
        status = next;
    }

    Refusal refused(String participle) {
        return Refusal.conflict("a campaign that is " + status.wire() + " cannot be " + participle);
    }
}
