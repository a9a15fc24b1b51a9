package io.siaran.sequence.progress;

import io.siaran.model.MessageStatus;
import io.siaran.sequence.authoring.FailurePolicy;
import io.siaran.sequence.enrolment.LeftReason;
import java.time.Instant;

/** What the status of its message means for an enrolment. */
sealed interface Transition {

    /** @param from when the step was sent, or came to nothing: what the next one waits after */
    record Advance(Instant from) implements Transition {}

    record Stop(LeftReason reason) implements Transition {}

    record KeepWaiting() implements Transition {}

    /** What the sequence says about steps that failed, and about those of which nobody knows. */
    record Policies(FailurePolicy onFailure, FailurePolicy onUnknown) {}

    /** @param inDoubt whether it may have been sent, whatever its status says */
    static Transition of(MessageStatus told, boolean inDoubt, Policies policies) {
        return switch (told.status()) {
            case PENDING, PROCESSING, UNKNOWN -> new KeepWaiting();
            case SENT -> new Advance(sentAt(told));
            case FAILED -> ofFailure(told, policies.onFailure());
            case CANCELLED -> ofCancellation(told, inDoubt, policies);
        };
    }

    static Instant sentAt(MessageStatus told) {
        return told.sentAt() == null ? told.occurredAt() : told.sentAt();
    }

    /** @param since when its outcome was lost: if it was sent, it was then */
    static Transition ofUnknown(Instant since, FailurePolicy onUnknown) {
        return switch (onUnknown) {
            case CONTINUE -> new Advance(since);
            case STOP -> new Stop(LeftReason.STEP_UNKNOWN);
        };
    }

    private static Transition ofCancellation(MessageStatus told, boolean inDoubt, Policies policies) {
        return switch (told.failureReason()) {
            // Its lead may be moved to another device yet: then it goes out from there, else the contact leaves.
            // What may have been sent is not sent again: a receipt may say so any day.
            case DEVICE_DELETED -> inDoubt ? ofUnknown(told.occurredAt(), policies.onUnknown()) : new KeepWaiting();
            case LEAD_DELETED -> new Stop(LeftReason.LEAD_DELETED);
            case PLAN_CANCELLED -> new Stop(LeftReason.SEQUENCE_DELETED);
            case null, default -> new Stop(LeftReason.MESSAGE_CANCELLED);
        };
    }

    private static Transition ofFailure(MessageStatus told, FailurePolicy onFailure) {
        return switch (told.failureReason()) {
            // Who cannot or must not be written to is out, whatever the sequence does about other failures.
            case CONTACT_REJECTED, NOT_ON_WHATSAPP -> new Stop(LeftReason.CONTACT_REJECTED);
            case SUPPRESSED -> new Stop(LeftReason.SUPPRESSED);
            case null, default -> ofOtherFailure(told, onFailure);
        };
    }

    private static Transition ofOtherFailure(MessageStatus told, FailurePolicy onFailure) {
        return switch (onFailure) {
            case CONTINUE -> new Advance(told.occurredAt());
            case STOP -> new Stop(LeftReason.STEP_FAILED);
        };
    }
}
