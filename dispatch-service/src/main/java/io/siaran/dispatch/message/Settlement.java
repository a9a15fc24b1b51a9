package io.siaran.dispatch.message;

import io.siaran.model.FailureReason;
import io.siaran.model.MessageId;
import java.time.Instant;

/** What an outcome makes of a message; a {@link QueuedMessage} gives it only where the move is legal. */
public sealed interface Settlement {

    MessageId id();

    int attempts();

    /** In words for a person, or null. */
    String detail();

    /** The platform took it. */
    record Sent(MessageId id, int attempts, Instant sentAt, String providerMessageId, String sentText)
            implements Settlement {

        @Override
        public String detail() {
            return null;
        }
    }

    /** Pending again, not to be released before {@code dueAt}. */
    record Waits(MessageId id, int attempts, Instant dueAt, String detail) implements Settlement {}

    /** Failed or cancelled, whichever the reason means. */
    record Ended(MessageId id, int attempts, FailureReason reason, String detail) implements Settlement {}

    /** Unknown. */
    record Lost(MessageId id, int attempts, String detail) implements Settlement {}
}
