package io.siaran.sequence.authoring;

import io.siaran.model.AntiSpamProfile;
import io.siaran.model.Expiry;
import io.siaran.model.Plan;
import io.siaran.model.PlanStatus;
import io.siaran.model.SequenceId;
import io.siaran.model.TargetStatus;
import io.siaran.model.TimeOrderedId;
import io.siaran.model.UserId;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.hibernate.annotations.SQLRestriction;

/** A sequence as stored. Each change that others must know of raises its version. */
@Entity
@Table(name = "sequences")
class Sequence {

    @Id
    UUID id;

    @Column(name = "user_id")
    String userId;

    String name;
    String niche;
    String trigger;

    @Column(name = "target_status")
    TargetStatus targetStatus;

    SequenceStatus status;

    @Column(name = "min_delay_seconds")
    Integer minDelaySeconds;

    @Column(name = "max_delay_seconds")
    Integer maxDelaySeconds;

    @Column(name = "time_zone")
    ZoneId timeZone;

    @Column(name = "anti_spam")
    AntiSpamProfile antiSpam;

    @Column(name = "on_failure")
    FailurePolicy onFailure;

    @Column(name = "on_unknown")
    FailurePolicy onUnknown;

    @Column(name = "stop_on_reply")
    boolean stopOnReply;

    @Column(name = "stop_on_status")
    boolean stopOnStatus;

    @Column(name = "one_person")
    OnePerson onePerson;

    @Column(name = "allow_reentry")
    boolean allowReentry;

    @Column(name = "expire_after_seconds")
    Long expireAfterSeconds;

    @Embedded
    Versions versions;

    @Column(name = "deleted_at")
    Instant deletedAt;

    @OneToMany(mappedBy = "sequence", cascade = CascadeType.ALL)
    @SQLRestriction("removed_at is null")
    @OrderBy("position")
    List<Step> steps = new ArrayList<>();

    /** Loaded where the sequence is edited. */
    @OneToMany(mappedBy = "sequence")
    @SQLRestriction("removed_at is not null")
    @OrderBy("removedAt")
    List<Step> removedSteps = new ArrayList<>();

    protected Sequence() {}

    Sequence(UserId user, SequenceDocument document, Instant now, RandomGenerator random) {
        this.id = TimeOrderedId.v7(now, random);
        this.userId = user.value();
        this.versions = Versions.first(now);
        this.status = document.status();
        author(document);
        for (StepDocument step : document.steps()) {
            steps.add(new Step(TimeOrderedId.v7(now, random), this, steps.size(), step));
        }
    }

    /** To the given status; answers whether that is a change. */
    boolean become(SequenceStatus wanted, Instant now) {
        if (status == wanted) {
            return false;
        }
        SequenceDocument before = document();
        status = wanted;
        versions.changed(before, document(), now);
        return true;
    }

    /** As the document says, its steps matched by {@code changes}; answers whether that is a change. */
    boolean replace(SequenceDocument document, StepChanges changes, Instant now, RandomGenerator random) {
        SequenceDocument before = document();
        changes.applyTo(this, now, random);
        status = document.status();
        author(document);
        boolean changed = !document().equals(before);
        if (changed) {
            versions.changed(before, document(), now);
        }
        return changed;
    }

    void delete(Instant now) {
        status = SequenceStatus.INACTIVE;
        versions.deleted(now);
        deletedAt = versions.updatedAt;
    }

    private void author(SequenceDocument document) {
        this.name = document.name();
        this.niche = document.niche();
        this.trigger = document.trigger();
        this.targetStatus = document.targetStatus();
        this.minDelaySeconds = document.minDelaySeconds();
        this.maxDelaySeconds = document.maxDelaySeconds();
        this.timeZone = document.timeZone();
        this.antiSpam = document.antiSpam();
        this.onFailure = document.onFailure();
        this.onUnknown = document.onUnknown();
        this.stopOnReply = document.stopOnReply();
        this.stopOnStatus = document.stopOnStatus();
        this.onePerson = document.onePerson();
        this.allowReentry = document.allowReentry();
        this.expireAfterSeconds = document.expireAfter().seconds();
    }

    /** What dispatch must know: whether the messages of this sequence may be sent. A deleted one's never are. */
    Plan plan() {
        boolean deleted = deletedAt != null;
        PlanStatus may = deleted ? PlanStatus.CANCELLED : status.plan();
        return Plan.ofSequence(new SequenceId(id), new UserId(userId), may, name, versions.current, deleted);
    }

    /** Its steps as the engines read them, those removed included. */
    List<PlannedStep> planned() {
        return Stream.concat(steps.stream(), removedSteps.stream())
                .map(Step::planned)
                .toList();
    }

    SequenceDocument document() {
        return new SequenceDocument(
                name,
                niche,
                trigger,
                targetStatus,
                status,
                minDelaySeconds,
                maxDelaySeconds,
                timeZone,
                antiSpam,
                onFailure,
                onUnknown,
                stopOnReply,
                stopOnStatus,
                onePerson,
                allowReentry,
                Expiry.ofSeconds(expireAfterSeconds),
                steps.stream().map(Step::document).toList());
    }
}
