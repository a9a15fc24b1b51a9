package io.siaran.dispatch.message;

import io.siaran.model.FailureReason;
import io.siaran.model.MessageId;
import io.siaran.model.SendLane;
import java.time.Instant;

/**
 * What is to be written of a message after an outcome, a receipt or a decision; a {@link QueuedMessage} gives it only
 * where the move is legal.
 */
public sealed interface MessageChange {

    MessageId id();

    /** It gets another status, or begins the same one anew. */
    sealed interface StatusChange extends MessageChange {

        int attempts();

        /** In words, or null. */
        String detail();
    }

    /**
     * The platform took it.
     *
     * @param took the try that it took
     * @param sentAt the earliest time that is known
     * @param lane which one that try took, or null where nobody told
     */
    record Sent(
            MessageId id,
            int attempts,
            int took,
            Instant sentAt,
            String providerMessageId,
            String sentText,
            String detail,
            SendLane lane)
            implements StatusChange {}

    /**
     * Pending again, not to be released before {@code dueAt}.
     *
     * @param dueAt null: as before, so that it keeps its place among the messages of its device
     * @param supersedes the try whose open outcome is waived by that, or null
     */
    record Requeued(MessageId id, int attempts, Instant dueAt, String detail, Integer supersedes)
            implements StatusChange {}

    /**
     * Failed or cancelled, whichever the reason means.
     *
     * @param refused the try that the platform took and could not deliver, or null
     */
    record Ended(MessageId id, int attempts, FailureReason reason, String detail, Integer refused)
            implements StatusChange {}

    /** Unknown. */
    record OutcomeUnknown(MessageId id, int attempts, String detail) implements StatusChange {}

    /** Not to be sent any more: ends now if it waits, and once the gateway gives it back if it is in flight. */
    record Stopped(MessageId id, FailureReason reason) implements MessageChange {}

    /**
     * Pending as if it had never been tried.
     *
     * @param supersedes the try that the gateway may still take for one that went out, or null
     */
    record Restarted(MessageId id, Integer supersedes) implements MessageChange {}

    /** Its status stays, and it knows more; what is null was not learnt. */
    record EvidenceAdded(
            MessageId id,
            Integer took,
            Integer refused,
            Instant sentAt,
            Instant deliveredAt,
            Instant readAt,
            String providerMessageId,
            String sentText,
            SendLane lane)
            implements MessageChange {

        static EvidenceAdded delivered(MessageId id, int took, Instant at) {
            return new EvidenceAdded(id, took, null, at, at, null, null, null, null);
        }

        static EvidenceAdded read(MessageId id, Instant at) {
            return new EvidenceAdded(id, null, null, null, null, at, null, null, null);
        }

        static EvidenceAdded took(MessageId id, int took, Instant at) {
            return new EvidenceAdded(id, took, null, at, null, null, null, null, null);
        }

        static EvidenceAdded refused(MessageId id, int refused) {
            return new EvidenceAdded(id, null, refused, null, null, null, null, null, null);
        }
    }
}
