package io.siaran.model;

import java.time.Instant;

/**
 * What crosses {@code message-status}: the whole state of a message's row after one change. The sequence service and
 * whoever else listens keep the highest version.
 *
 * @param inDoubt whether it may have been sent, whatever its status says: a try of it was taken, was refused after all, has no known
 *     outcome, or had none when it was tried again; null: told by a version that does not know
 * @param occurredAt when the state began, by the database of the queue
 */
public record MessageStatus(
        MessageId messageId,
        long version,
        MessageState status,
        MessageKind kind,
        UserId userId,
        DeviceId deviceId,
        LeadId leadId,
        CampaignId campaignId,
        int run,
        SequenceId sequenceId,
        StepId sequenceStepid,
        ContactId contactId,
        int tryNo,
        int attempts,
        FailureReason failureReason,
        Instant sentAt,
        Instant deliveredAt,
        Instant readAt,
        Boolean inDoubt,
        Instant occurredAt) {}
