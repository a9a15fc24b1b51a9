package io.siaran.sequence.authoring;

import io.siaran.model.MessageType;
import io.siaran.model.StepId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** A step as stored. */
@Entity
@Table(name = "sequence_steps")
class Step {

    @Id
    UUID id;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "sequence_id")
    Sequence sequence;

    @Column(name = "user_id")
    String userId;

    int position;

    @Column(name = "day_number")
    int dayNumber;

    String trigger;

    @Column(name = "next_trigger")
    String nextTrigger;

    @Column(name = "trigger_delay_hours")
    BigDecimal triggerDelayHours;

    @Column(name = "send_at")
    LocalTime sendAt;

    @Column(name = "is_entry_point")
    boolean entryPoint;

    @Column(name = "message_type")
    MessageType messageType;

    String content;

    @Column(name = "media_url")
    String mediaUrl;

    @Column(name = "min_delay_seconds")
    Integer minDelaySeconds;

    @Column(name = "max_delay_seconds")
    Integer maxDelaySeconds;

    @Column(name = "removed_at")
    Instant removedAt;

    protected Step() {}

    Step(UUID id, Sequence sequence, int position, StepDocument document) {
        this.id = id;
        this.sequence = sequence;
        this.userId = sequence.userId;
        this.position = position;
        become(document);
    }

    /** What was authored. */
    final void become(StepDocument document) {
        this.dayNumber = document.dayNumber();
        this.trigger = document.trigger();
        this.nextTrigger = document.nextTrigger();
        this.triggerDelayHours = document.triggerDelayHours();
        this.sendAt = document.sendAt();
        this.entryPoint = document.isEntryPoint();
        this.messageType = document.messageType();
        this.content = document.content();
        this.mediaUrl = document.mediaUrl();
        this.minDelaySeconds = document.minDelaySeconds();
        this.maxDelaySeconds = document.maxDelaySeconds();
    }

    /** Stays as a row for those who were at it; nobody comes to it any more. */
    void remove(Instant now) {
        removedAt = now.truncatedTo(ChronoUnit.MILLIS);
    }

    PlannedStep planned() {
        return document().planned(position, removedAt != null);
    }

    StepDocument document() {
        return new StepDocument(
                new StepId(id),
                dayNumber,
                trigger,
                nextTrigger,
                triggerDelayHours,
                sendAt,
                entryPoint,
                messageType,
                content,
                mediaUrl,
                minDelaySeconds,
                maxDelaySeconds);
    }
}
