package io.siaran.campaign.planning;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.siaran.model.CampaignId;
import io.siaran.model.Plan;
import io.siaran.model.PlanKind;
import io.siaran.model.PlanStatus;
import io.siaran.model.Tag;
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
 * One text to many leads at a set time. Its status changes only by the methods below, each of which throws a
 * {@link Refusal} (a 409) for a move that {@link CampaignStatus} does not know.
 */
@Entity
@Table(name = "campaigns")
public class Campaign extends PanacheEntityBase {

    /** Of one plan; each edit of what its messages say or how they are paced is one. */
    static final int MOST_TEXTS = 20;

    @Id
    UUID id;

    String userId;

    @Embedded
    CampaignTerms terms;

    /** The niche in the form in which tags are compared. */
    String nicheTag;

    /** In whole milliseconds: message ids begin with it. */
    Instant scheduledAt;

    int run = 1;

    /** The first run of the present plan; those after it have its time and its recipients, and another text. */
    int plannedRun = 1;

    CampaignStatus status = CampaignStatus.SCHEDULED;

    StatusReason statusReason;

    /** Null until this run's fan-out may begin. */
    Instant triggeredAt;

    /** Null until the outcome of every message of this run is known. */
    Instant completedAt;

    /** Null unless an operator took it out of the lists. */
    Instant archivedAt;

    @Embedded
    SendGate gate = new SendGate();

    /** The first campaign of the series; null where it is the first, or goes once. */
    UUID repeatOf;

    /** Whether the next occurrence was planned. */
    boolean repeated;

    @Version
    long version = 1;

    boolean deleted;

    Instant createdAt;

    Instant updatedAt;

    /** For Hibernate. */
    protected Campaign() {}

    Campaign(CampaignId id, UserId user, CampaignTerms terms, Instant now) {
        this.id = id.value();
        this.userId = user.value();
        this.createdAt = now.truncatedTo(ChronoUnit.MICROS);
        this.updatedAt = createdAt;
        take(terms);
    }

    /**
     * Other terms. Once it has begun, another time plans it anew, another text goes to whom it has not reached, and other
     * people are refused.
     */
    void replan(CampaignTerms next, Instant now) {
        if (status == CampaignStatus.CANCELLED) {
            throw refused("changed");
        }
        if (triggeredAt == null && status != CampaignStatus.FAILED) {
            take(next);
            return;
        }
        switch (TermsChange.between(terms, next)) {
            case TIME -> {
                planAnew();
                take(next);
            }
            case MESSAGE -> {
                requireFewTexts();
                amend(next, now);
                run++;
            }
            case OTHER -> amend(next, now);
            case AUDIENCE ->
                throw Refusal.conflict("whom a campaign reaches and its repetition can only be changed"
                        + " together with its date or time, once it has begun");
        }
    }

    /** Sends when its time has come, fails when it has gone, and stays as it is before. */
    void triggerOnTime(Instant now) {
        switch (new SendWindow(scheduledAt, terms.timeZone(), terms.latePolicy(), terms.sendUntil()).at(now)) {
            case DUE -> trigger(now);
            case MISSED -> fail(StatusReason.MISSED_WINDOW);
            case NOT_YET -> {}
        }
    }

    /** An operator does not wait for its time: it becomes now. */
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
    void resume(Instant now) {
        if (status != CampaignStatus.PAUSED) {
            throw refused("resumed");
        }
        turnGate(now);
        become(triggeredAt == null ? CampaignStatus.SCHEDULED : CampaignStatus.TRIGGERED, "resumed");
    }

    /** Whether that opened or closed it for sending: its hours have begun, or ended. */
    boolean turnGate(Instant now) {
        boolean before = gate.gateClosed;
        if (triggeredAt != null) {
            gate.turn(terms, now);
        }
        return gate.gateClosed != before;
    }

    void cancel() {
        become(CampaignStatus.CANCELLED, "cancelled");
    }

    /** Nobody sees it again; what is unsent is cancelled. */
    void remove() {
        if (status.mayBecome(CampaignStatus.CANCELLED)) {
            cancel();
        }
        deleted = true;
    }

    /** Out of the lists, which only what is over may leave. */
    void archive(Instant now) {
        if (!status.isOver()) {
            throw refused("archived");
        }
        archivedAt = archivedAt == null ? now.truncatedTo(ChronoUnit.MICROS) : archivedAt;
    }

    void unarchive() {
        archivedAt = null;
    }

    /** The outcome of every message is known. */
    public void complete(Instant now) {
        become(CampaignStatus.COMPLETED, "completed");
        completedAt = now.truncatedTo(ChronoUnit.MICROS);
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

    public int plannedRun() {
        return plannedRun;
    }

    public CampaignStatus status() {
        return status;
    }

    public Instant scheduledAt() {
        return scheduledAt;
    }

    /** What is announced on the topic of plans; the version is right once the session was flushed. */
    Plan plan() {
        PlanStatus may = isHeldByHours() ? PlanStatus.PAUSED : status.plan();
        boolean once = terms.duplicatePhones() == DuplicatePhones.ONCE;
        return new Plan(id, PlanKind.CAMPAIGN, userId(), may, run, terms.title(), version, deleted, once);
    }

    /**
     * One that has hours is closed to the queue before it begins: the news of a trigger outside of them and its messages go by
     * two topics, and whichever comes first, nothing is sent.
     */
    private boolean isHeldByHours() {
        return switch (status) {
            case SCHEDULED -> SendHours.of(terms).isPresent();
            case TRIGGERED -> gate.gateClosed;
            default -> false;
        };
    }

    private void trigger(Instant now) {
        become(CampaignStatus.TRIGGERED, "triggered");
        triggeredAt = now.truncatedTo(ChronoUnit.MICROS);
        gate.turn(terms, now);
    }

    /** Each text is published to all whom it has not reached: as dear as the first one was. */
    private void requireFewTexts() {
        if (run - plannedRun >= MOST_TEXTS - 1) {
            throw Refusal.conflict("a campaign that has begun has at most " + MOST_TEXTS
                    + " texts, and this one has had them; give it another date or time, or clone it");
        }
    }

    /** Its time stays what it is, be it that of a trigger by hand. */
    private void amend(CampaignTerms next, Instant now) {
        if (status.isOver()) {
            throw Refusal.conflict("a campaign that is " + status.wire()
                    + " can only be given another date or time, which plans it anew");
        }
        terms = next;
        gate.turn(terms, now);
    }

    private void take(CampaignTerms next) {
        terms = next;
        nicheTag = Tag.fold(next.niche());
        scheduledAt = next.planned();
    }

    /** Whom an earlier run reached gets nothing of the next. A paused campaign stays so until it is resumed. */
    private void planAnew() {
        run += triggeredAt == null ? 0 : 1;
        plannedRun = run;
        triggeredAt = null;
        completedAt = null;
        archivedAt = null;
        statusReason = null;
        gate.open();
        if (status != CampaignStatus.PAUSED) {
            become(CampaignStatus.SCHEDULED, "planned anew");
        }
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
