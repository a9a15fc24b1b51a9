package io.siaran.campaign.planning;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.siaran.model.CampaignId;
import io.siaran.model.Plan;
import io.siaran.model.PlanKind;
import io.siaran.model.UserId;
import io.siaran.rest.Refusal;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * One blast to many leads at a set time. Its status changes only by the methods below, each of which throws a
 * {@link Refusal} (a 409) for a move that {@link CampaignStatus} does not know.
 */
@Entity
@Table(name = "campaigns")
public class Campaign extends PanacheEntityBase {

    @Id
    UUID id;

    String userId;

    @Embedded
    CampaignTerms terms;

    /** In whole milliseconds: message ids begin with it. */
    Instant scheduledAt;

    int run = 1;

    CampaignStatus status = CampaignStatus.SCHEDULED;

    StatusReason statusReason;

    /** Null until this run's fan-out may begin. */
    Instant triggeredAt;

    @Version
    long version = 1;

    Instant createdAt;

    /** For Hibernate. */
    protected Campaign() {}

    Campaign(CampaignId id, UserId user, CampaignTerms terms, Instant now) {
        this.id = id.value();
        this.userId = user.value();
        this.terms = terms;
        this.scheduledAt = terms.planned();
        this.createdAt = now.truncatedTo(ChronoUnit.MICROS);
    }

    /** Sends when its time has come, fails when it has gone, and stays as it is before. */
    void triggerOnTime(Instant now) {
        switch (new SendWindow(scheduledAt, terms.timeZone(), terms.latePolicy(), terms.sendUntil()).at(now)) {
            case DUE -> trigger(now);
            case MISSED -> fail(StatusReason.MISSED_WINDOW);
            case NOT_YET -> {}
        }
    }

    /** A person does not wait for its time: it becomes now. */
    void triggerByHand(Instant now) {
        if (status != CampaignStatus.SCHEDULED) {
            throw refused("triggered");
        }
        scheduledAt = now.truncatedTo(ChronoUnit.MILLIS);
        trigger(now);
    }

    void pause() {
        become(CampaignStatus.PAUSED, "paused");
    }

    /** Goes back to where the pause found it. */
    void resume() {
        if (status != CampaignStatus.PAUSED) {
            throw refused("resumed");
        }
        become(triggeredAt == null ? CampaignStatus.SCHEDULED : CampaignStatus.TRIGGERED, "resumed");
    }

    void cancel() {
        become(CampaignStatus.CANCELLED, "cancelled");
    }

    /** Every message was told its outcome. */
    public void complete() {
        become(CampaignStatus.COMPLETED, "completed");
    }

    public void fail(StatusReason reason) {
        become(CampaignStatus.FAILED, "failed");
        statusReason = reason;
    }

    public CampaignId id() {
        return new CampaignId(id);
    }

    public UserId userId() {
        return new UserId(userId);
    }

    public CampaignTerms terms() {
        return terms;
    }

    public int run() {
        return run;
    }

    public CampaignStatus status() {
        return status;
    }

    public Instant scheduledAt() {
        return scheduledAt;
    }

    /** What the topic of plans is told; the version is right once the session was flushed. */
    Plan plan() {
        return new Plan(id, PlanKind.CAMPAIGN, userId(), status.plan(), run, terms.title(), version, false);
    }

    private void trigger(Instant now) {
        become(CampaignStatus.TRIGGERED, "triggered");
        triggeredAt = now.truncatedTo(ChronoUnit.MICROS);
    }

    private void become(CampaignStatus next, String participle) {
        if (!status.mayBecome(next)) {
            throw refused(participle);
        }
        status = next;
    }

    private Refusal refused(String participle) {
        return Refusal.conflict("a campaign that is " + status.wire() + " cannot be " + participle);
    }
}
