package io.siaran.sequence;

import io.siaran.model.BroadcastMessage;
import io.siaran.model.FailureReason;
import io.siaran.model.MessageState;
import io.siaran.model.MessageStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What dispatch tells of a message. */
public final class Statuses {

    private Statuses() {}

    public static MessageStatus sent(BroadcastMessage message, long version, Instant at) {
        return status(message, version, MessageState.SENT, null, at);
    }

    public static MessageStatus failed(BroadcastMessage message, long version, FailureReason reason, Instant at) {
        return status(message, version, MessageState.FAILED, reason, at);
    }

    public static MessageStatus status(
            BroadcastMessage message, long version, MessageState state, FailureReason reason, Instant at) {
        Instant when = at.truncatedTo(ChronoUnit.MILLIS);
        return new MessageStatus(
                message.id(),
                version,
                state,
                message.kind(),
                message.userId(),
                message.deviceId(),
                message.leadId(),
                null,
                0,
                message.sequenceId(),
                message.sequenceStepid(),
                message.contactId(),
                1,
                // The tries that failed or were lost.
                state == MessageState.FAILED || state == MessageState.UNKNOWN ? 1 : 0,
                reason,
                state == MessageState.SENT ? when : null,
                null,
                null,
                null,
                when);
    }

    /** As a dispatch tells it that knows whether the message may have been sent. */
    public static MessageStatus inDoubt(
            BroadcastMessage message, long version, MessageState state, FailureReason reason, boolean inDoubt) {
        MessageStatus told = status(message, version, state, reason, Instant.now());
        return new MessageStatus(
                told.messageId(),
                told.version(),
                told.status(),
                told.kind(),
                told.userId(),
                told.deviceId(),
                told.leadId(),
                told.campaignId(),
                told.run(),
                told.sequenceId(),
                told.sequenceStepid(),
                told.contactId(),
                told.tryNo(),
                told.attempts(),
                told.failureReason(),
                told.sentAt(),
                told.deliveredAt(),
                told.readAt(),
                inDoubt,
                told.occurredAt());
    }
}
