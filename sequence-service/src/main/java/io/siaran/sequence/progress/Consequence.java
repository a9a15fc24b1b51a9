package io.siaran.sequence.progress;

import io.siaran.model.FailureReason;
import io.siaran.model.MessageStatus;
import io.siaran.sequence.authoring.AfterTrouble;
import java.time.Instant;

/** What the status of its message means for a walk. */
sealed interface Consequence {

    /** @param from when the step was sent, or came to nothing: what the next one waits after */
    record GoOn(Instant from) implements Consequence {}

    record Stop(String reason) implements Consequence {}

    record KeepWaiting() implements Consequence {}

    static Consequence of(MessageStatus told, AfterTrouble onFailure) {
        return switch (told.status()) {
            case PENDING, PROCESSING, UNKNOWN -> new KeepWaiting();
            case SENT -> new GoOn(told.sentAt() == null ? told.occurredAt() : told.sentAt());
            case FAILED -> ofFailure(told, onFailure);
            case CANCELLED -> new Stop("message_cancelled");
        };
    }

    /** @param since when its outcome was lost: if it was sent, it was then */
    static Consequence ofUnknown(Instant since, AfterTrouble onUnknown) {
        return switch (onUnknown) {
            case CONTINUE -> new GoOn(since);
            case STOP -> new Stop("step_unknown");
        };
    }

    private static Consequence ofFailure(MessageStatus told, AfterTrouble onFailure) {
        if (told.failureReason() == FailureReason.CONTACT_REJECTED
                || told.failureReason() == FailureReason.SUPPRESSED) {
            return new Stop(told.failureReason().wire());
        }
        return switch (onFailure) {
            case CONTINUE -> new GoOn(told.occurredAt());
            case STOP -> new Stop("step_failed");
        };
    }
}
