package io.siaran.model;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;

/** A {@link BroadcastMessage} as it stands in JSON: flat, and null where its cause names nothing. */
record BroadcastMessageJson(
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
        Attributes attributes,
        Long leadVersion,
        String niche,
        MessageType type,
        String message,
        String mediaUrl,
        Integer minDelay,
        Integer maxDelay,
        AntiSpamProfile antiSpam,
        ZoneId timeZone,
        Instant scheduledAt,
        Instant expiresAt,
        Boolean checkNumber) {

    static BroadcastMessageJson of(BroadcastMessage m) {
        return new BroadcastMessageJson(
                m.id(),
                m.kind(),
                m.userId(),
                m.deviceId(),
                m.leadId(),
                m.campaignId(),
                m.run(),
                m.sequenceId(),
                m.sequenceStepid(),
                m.contactId(),
                m.recipientPhone(),
                m.recipientName(),
                m.attributes(),
                m.leadVersion(),
                m.niche(),
                m.type(),
                m.message(),
                m.mediaUrl(),
                m.minDelay(),
                m.maxDelay(),
                m.antiSpam(),
                m.timeZone(),
                m.scheduledAt(),
                m.expiresAt(),
                m.checkNumber());
    }

    BroadcastMessage toMessage() {
        return new BroadcastMessage(
                id,
                userId,
                deviceId,
                cause(),
                new Recipient(recipientPhone, recipientName, attributes, checkNumber, leadVersion),
                new Content(type, message, mediaUrl, niche, antiSpam),
                Pace.ofSeconds(minDelay, maxDelay),
                new Schedule(timeZone, scheduledAt, expiresAt));
    }

    private Cause cause() {
        return switch (Objects.requireNonNull(kind, "kind")) {
            case CAMPAIGN -> new Cause.Campaign(leadId, campaignId, run);
            case STEP -> new Cause.Step(leadId, sequenceId, sequenceStepid, contactId);
            case DIRECT -> new Cause.Direct();
            case TEST -> new Cause.Test(campaignId);
        };
    }
}
