package io.siaran.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;

/** Send this: one text to one person from one device. In JSON it is flat ({@link BroadcastMessageJson}). */
public record BroadcastMessage(
        MessageId id,
        UserId userId,
        DeviceId deviceId,
        Cause cause,
        Recipient recipient,
        Content content,
        Pace pace,
        Schedule schedule)
        implements BroadcastRecord {

    public BroadcastMessage {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(userId, "user_id");
        Objects.requireNonNull(deviceId, "device_id");
        Objects.requireNonNull(cause, "kind");
        Objects.requireNonNull(recipient, "recipient_phone");
        Objects.requireNonNull(content, "message");
        Objects.requireNonNull(pace, "pace");
        Objects.requireNonNull(schedule, "scheduled_at");
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static BroadcastMessage of(BroadcastMessageJson json) {
        return json.toMessage();
    }

    @JsonValue
    BroadcastMessageJson json() {
        return BroadcastMessageJson.of(this);
    }

    public MessageKind kind() {
        return cause.kind();
    }

    /** Null where the cause names none. */
    public LeadId leadId() {
        return switch (cause) {
            case Cause.Campaign campaign -> campaign.leadId();
            case Cause.Step step -> step.leadId();
            case Cause.Direct _, Cause.Test _ -> null;
        };
    }

    /** Null where the cause names none. */
    public CampaignId campaignId() {
        return switch (cause) {
            case Cause.Campaign campaign -> campaign.campaignId();
            case Cause.Test test -> test.campaignId();
            case Cause.Direct _, Cause.Step _ -> null;
        };
    }

    /** The run of the campaign, from 1; 0 for every other kind. */
    public int run() {
        return cause instanceof Cause.Campaign campaign ? campaign.run() : 0;
    }

    /** Null unless it is a step. */
    public SequenceId sequenceId() {
        return cause instanceof Cause.Step step ? step.sequenceId() : null;
    }

    /** Null unless it is a step. */
    public StepId sequenceStepid() {
        return cause instanceof Cause.Step step ? step.stepId() : null;
    }

    /** Null unless it is a step. */
    public ContactId contactId() {
        return cause instanceof Cause.Step step ? step.contactId() : null;
    }

    public PhoneNumber recipientPhone() {
        return recipient.phone();
    }

    public String recipientName() {
        return recipient.name();
    }

    public Attributes attributes() {
        return recipient.attributes();
    }

    /** Whether the platform is asked first if the recipient is on WhatsApp; null: as the device says. */
    public Boolean checkNumber() {
        return recipient.checkNumber();
    }

    /** Which version of its lead it was written to; null where nobody told. */
    public Long leadVersion() {
        return recipient.leadVersion();
    }

    public String niche() {
        return content.niche();
    }

    public MessageType type() {
        return content.type();
    }

    public String message() {
        return content.text();
    }

    public String mediaUrl() {
        return content.mediaUrl();
    }

    /** Seconds of silence before it, at least; null: as the device says. */
    public Integer minDelay() {
        return pace.minSeconds();
    }

    /** Seconds of silence before it, at most; null: as the device says. */
    public Integer maxDelay() {
        return pace.maxSeconds();
    }

    public AntiSpamProfile antiSpam() {
        return content.antiSpam();
    }

    public ZoneId timeZone() {
        return schedule.timeZone();
    }

    public Instant scheduledAt() {
        return schedule.at();
    }

    /** Null: never. */
    public Instant expiresAt() {
        return schedule.expiresAt();
    }
}
