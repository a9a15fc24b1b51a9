package io.siaran.dispatch.message;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.siaran.model.AntiSpamProfile;
import io.siaran.model.Attributes;
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.FailureReason;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.model.MessageKind;
import io.siaran.model.MessageState;
import io.siaran.model.MessageType;
import io.siaran.model.SendLane;
import io.siaran.model.SequenceId;
import io.siaran.model.StepId;
import io.siaran.rest.Versioned;
import io.siaran.rest.Warning;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A message as REST answers it; {@link MessageRow} reads it. */
@Schema(name = "Message")
public record MessageView(
        @Schema(example = "01936f2e-0000-8000-8000-000000000001")
        MessageId id,

        @Schema(description = "what made it", example = "campaign")
        MessageKind kind,

        @Schema(description = "whose message it is", example = "kedai-ani")
        String userId,

        @Schema(description = "the device that sends it", example = "01936f2e-0000-7000-8000-0000000000d1")
        DeviceId deviceId,

        @Schema(
                description = "null for direct messages and tests",
                nullable = true,
                example = "01936f2e-0000-7000-8000-0000000000a1")
        LeadId leadId,

        @Schema(
                description = "null unless a campaign made it",
                nullable = true,
                example = "01936f2e-0000-7000-8000-0000000000c1")
        CampaignId campaignId,

        @Schema(description = "of the campaign, from 1; 0 for every other kind", example = "1")
        int run,

        @Schema(
                description = "null unless a sequence made it",
                nullable = true,
                example = "01936f2e-0000-7000-8000-0000000000e1")
        SequenceId sequenceId,

        @Schema(
                description = "the step of the sequence",
                nullable = true,
                example = "01936f2e-0000-7000-8000-0000000000e2")
        StepId sequenceStepid,

        @Schema(description = "E.164 digits", example = "60123456789")
        String recipientPhone,

        @Schema(description = "for the greeting and {{name}}", nullable = true, example = "Aina")
        String recipientName,

        @Schema(description = "of the recipient, for {{attributes.…}}", example = "{\"plan\": \"gold\"}")
        Attributes attributes,

        @Schema(description = "as planned: a template", example = "50% off everything today only!")
        String message,

        @Schema(description = "a text, or an image with a caption", example = "text")
        MessageType type,

        @Schema(description = "of an image", nullable = true, example = "https://shop.example/sale.png")
        String mediaUrl,

        @Schema(description = "that the message is about", nullable = true, example = "ecommerce")
        String niche,

        @Schema(description = "null: as its device says", nullable = true, example = "full")
        AntiSpamProfile antiSpam,

        @Schema(description = "whose calendar day it is counted on", example = "Asia/Kuala_Lumpur")
        String timeZone,

        @Schema(description = "null: as its device says", nullable = true, example = "10")
        Integer minDelaySeconds,

        @Schema(description = "null: as its device says", nullable = true, example = "30")
        Integer maxDelaySeconds,

        @Schema(description = "never sent before", example = "2026-11-28T02:00:00Z")
        Instant scheduledAt,

        @Schema(description = "not sent after; null: never expires", nullable = true, example = "2026-12-05T02:00:00Z")
        Instant expiresAt,

        @Schema(description = "its rank on its device: 0 direct and test, 1 step, 2 campaign", example = "2")
        int priority,

        @Schema(description = "what became of it so far", example = "sent")
        MessageState status,

        @Schema(description = "tries that the platform failed, and lost ones", example = "1")
        int attempts,

        @Schema(description = "how often it was given to the gateway", example = "1")
        int tryNo,

        @Schema(description = "why it failed or was cancelled", nullable = true, example = "provider_failed")
        FailureReason failureReason,

        @Schema(description = "the same in words, or what the platform said", nullable = true, example = "quota")
        String errorMessage,

        @Schema(
                description = "the text as it was sent",
                nullable = true,
                example = "Selamat pagi Aina, 50% off everything today only!")
        String sentText,

        @Schema(description = "the id that the platform gave it", nullable = true, example = "wb-1")
        String providerMessageId,

        @Schema(
                description =
                        "which lane it took when it was sent: reply, to somebody who had written to the device lately,"
                                + " which no cap counts or holds, or cold",
                nullable = true,
                example = "cold")
        SendLane lane,

        @Schema(description = "when the platform took it", nullable = true, example = "2026-11-28T02:00:09.123456Z")
        Instant sentAt,

        @Schema(description = "when it reached the phone", nullable = true, example = "2026-11-28T02:00:11Z")
        Instant deliveredAt,

        @Schema(description = "when the recipient opened it", nullable = true, example = "2026-11-28T02:05:00Z")
        Instant readAt,

        @Schema(description = "when it came into the queue", example = "2026-11-28T01:59:00.123456Z")
        Instant createdAt,

        @Schema(description = "when anything of it changed last", example = "2026-11-28T02:05:00.5Z")
        Instant updatedAt,

        @Schema(description = "what a pending message waits for", nullable = true, example = "turn")
        WaitingFor waitingFor,

        @Schema(
                description = "when that ends by itself; null when it takes somebody, or the messages before it",
                nullable = true,
                example = "2026-11-28T02:00:00Z")
        Instant eligibleAt,

        @JsonIgnore @Schema(hidden = true) long version,

        @Schema(description = "what happened to it, in order; not in lists", nullable = true)
        @JsonInclude(JsonInclude.Include.NON_NULL)
        List<Fact> timeline,

        @Schema(description = "what webhooks were told of it, in order, for 30 days; not in lists", nullable = true)
        @JsonInclude(JsonInclude.Include.NON_NULL)
        List<EventDelivery> told,

        @Schema(
                description = "what its author should know of it, though it is sent; only in the answer to POST",
                nullable = true)
        @JsonInclude(JsonInclude.Include.NON_NULL)
        List<Warning> warnings)
        implements Versioned {}
