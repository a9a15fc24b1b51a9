package io.siaran.sequence.progress;

import io.siaran.model.FailureReason;
import io.siaran.model.MessageStatus;
import io.siaran.sequence.authoring.FailurePolicy;
import java.time.Instant;

/** What the status of its message means for an enrolment. */
sealed interface Transition {

    /** @param from when the step was sent, or came to nothing: what the next one waits after */
    record Advance(Instant from) implements Transition {}

    record Stop(String reason) implements Transition {}

    record KeepWaiting() implements Transition {}

    static Transition of(MessageStatus told, FailurePolicy onFailure) {
        return switch (told.status()) {
            case PENDING, PROCESSING, UNKNOWN -> new KeepWaiting();
            case SENT -> new Advance(told.sentAt() == null ? told.occurredAt() : told.sentAt());
            case FAILED -> ofFailure(told, onFailure);
            case CANCELLED -> new Stop("message_cancelled");
        };
    }

    /** @param since when its outcome was lost: if it was sent, it was then */
    static Transition ofUnknown(Instant since, FailurePolicy onUnknown) {
        return switch (onUnknown) {
            case CONTINUE -> new Advance(since);
            case STOP -> new Stop("step_unknown");
        };
    }

    private static Transition ofFailure(MessageStatus told, FailurePolicy onFailure) {
        if (told.failureReason() == FailureReason.CONTACT_REJECTED
                || told.failureReason() == FailureReason.SUPPRESSED) {
            return new Stop(told.failureReason().wire());
        }
        return switch (onFailure) {
            case CONTINUE -> new Advance(told.occurredAt());
            case STOP -> new Stop("step_failed");
        };
    }
}
