package io.siaran.model;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;

/**
 * Send this: one text to one person from one device.
 *
 * @param run the run of the campaign, from 1; 0 for every other kind
 * @param minDelay seconds of silence before it, at least; null: as the device says
 * @param maxDelay seconds of silence before it, at most; null: as the device says
 * @param antiSpam null: as the device says
 * @param timeZone the zone whose calendar day of {@code scheduledAt} the message is counted on
 * @param scheduledAt never sent before
 * @param expiresAt not sent after; null: never expires
 */
public record BroadcastMessage(
        MessageId id,
        MessageKind kind,
        UserId userId,
        DeviceId deviceId,
        LeadId leadId,
        CampaignId campaignId,
        int run,
        SequenceId sequenceId,
        StepId sequenceStepid,
        ContactId contactId,
        PhoneNumber recipientPhone,
        String recipientName,
        String niche,
        MessageType type,
        String message,
        String mediaUrl,
        Integer minDelay,
        Integer maxDelay,
        AntiSpamProfile antiSpam,
        ZoneId timeZone,
        Instant scheduledAt,
        Instant expiresAt)
        implements BroadcastRecord {

    /** The longest text that crosses Siaran, in code points. */
    public static final int LONGEST_TEXT = Limits.TEXT;

    public BroadcastMessage {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(userId, "user_id");
        Objects.requireNonNull(deviceId, "device_id");
        Objects.requireNonNull(recipientPhone, "recipient_phone");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(timeZone, "time_zone");
        Objects.requireNonNull(scheduledAt, "scheduled_at");
        if (type == MessageType.IMAGE) {
            Objects.requireNonNull(mediaUrl, "media_url");
        }
        if ((minDelay == null) != (maxDelay == null)) {
            throw new IllegalArgumentException("min_delay and max_delay come together");
        }
        if (minDelay != null) {
            new DelayRange(minDelay, maxDelay);
        }
        requireCause(kind, leadId, campaignId, run, sequenceId, sequenceStepid, contactId);
    }

    private static void requireCause(
            MessageKind kind,
            LeadId lead,
            CampaignId campaign,
            int run,
            SequenceId sequence,
            StepId step,
            ContactId contact) {
        boolean whole = switch (kind) {
            case CAMPAIGN -> lead != null && campaign != null && run >= 1;
            case STEP -> lead != null && sequence != null && step != null && contact != null;
            case DIRECT, TEST -> true;
        };
        if (!whole) {
            throw new IllegalArgumentException("a message of kind " + kind.wire() + " names its whole cause");
        }
    }
}
