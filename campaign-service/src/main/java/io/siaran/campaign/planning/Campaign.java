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

    @Id
    UUID id;

    String userId;

    @Embedded
    CampaignTerms terms;

    /** The niche in the form in which tags are compared. */
    String nicheTag;

    /** In whole milliseconds: message ids begin with it. */
    Instant scheduledAt;

    @Embedded
    Runs runs = new Runs();

    @Embedded
    Lifecycle life = new Lifecycle();

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
        if (life.status == CampaignStatus.CANCELLED) {
            throw life.refused("changed");
        }
        if (!life.isPastPlanning()) {
            take(next);
            return;
        }
        switch (TermsChange.between(terms, next)) {
            case TIME -> {
                planAnew();
                take(next);
            }
            case MESSAGE -> {
                amend(next, now);
                runs.nextText();
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
        if (life.status != CampaignStatus.SCHEDULED) {
            throw life.refused("triggered");
        }
        scheduledAt = now.truncatedTo(ChronoUnit.MILLIS);
        trigger(now);
    }

    void pause() {
        life.become(CampaignStatus.PAUSED, "paused");
    }

    /** Goes back to where the pause found it. */
    void resume(Instant now) {
        if (life.status != CampaignStatus.PAUSED) {
            throw life.refused("resumed");
        }
        turnGate(now);
        life.resume();
    }

    /** Opens or closes it for sending: its hours have begun, or ended. */
    void turnGate(Instant now) {
        if (life.hasBegun()) {
            gate.turn(terms, now);
        }
    }

    /** One that has ended only while messages of it are unsent again, of which the caller makes sure. */
    void cancel() {
        life.cancel();
    }

    /** Nobody sees it again; what is unsent is cancelled. */
    void remove() {
        if (!life.status.isOver()) {
            cancel();
        }
        deleted = true;
    }

    /** Out of the lists, which only what is over may leave. */
    void archive(Instant now) {
        life.archive(now);
    }

    void unarchive() {
        life.archivedAt = null;
    }

    /** The outcome of every message is known. */
    public void complete(Instant now) {
        life.complete(now);
    }

    public void fail(StatusReason reason) {
        life.fail(reason);
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
        return runs.run;
    }

    public int plannedRun() {
        return runs.plannedRun;
    }

    public CampaignStatus status() {
        return life.status;
    }

    public Instant scheduledAt() {
        return scheduledAt;
    }

    /** What is announced on the topic of plans; the version is right once the session was flushed. */
    Plan plan() {
        PlanStatus may = gate.holds(life.status, terms) ? PlanStatus.PAUSED : life.status.plan();
        boolean once = terms.duplicatePhones() == DuplicatePhones.ONCE;
        return new Plan(
                id,
                PlanKind.CAMPAIGN,
                userId(),
                may,
                runs.run,
                terms.title(),
                version,
                deleted,
                once,
                gate.openUntil());
    }

    private void trigger(Instant now) {
        life.trigger(now);
        gate.turn(terms, now);
    }

    /** Its time stays what it is, be it that of a trigger by hand. */
    private void amend(CampaignTerms next, Instant now) {
        if (life.status.isOver()) {
            throw Refusal.conflict("a campaign that is " + life.status.wire()
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

    private void planAnew() {
        runs.planAnew(life.hasBegun());
        gate.open();
        life.planAnew();
    }
}
