package io.siaran.dispatch.control;

import io.siaran.dispatch.message.MessageFilter;
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.Limits;
import io.siaran.model.MessageKind;
import io.siaran.model.MessageState;
import io.siaran.model.PhoneNumber;
import io.siaran.model.SequenceId;
import io.siaran.rest.PhoneField;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Which messages a decision is about: all that meet every condition. */
public record BulkRequest(
        @Schema(
                description = "the messages of a campaign, tests aside",
                example = "01936f2e-0000-7000-8000-0000000000c1")
        CampaignId campaignId,

        @Schema(description = "the messages of a sequence", example = "01936f2e-0000-7000-8000-0000000000e1")
        SequenceId sequenceId,

        @Schema(description = "the messages of a device", example = "01936f2e-0000-7000-8000-0000000000d1")
        DeviceId deviceId,

        @Schema(description = "the messages to a lead", example = "01936f2e-0000-7000-8000-0000000000a1")
        LeadId leadId,

        @Schema(description = "of this kind", example = "campaign")
        MessageKind kind,

        @Schema(description = "in this status", example = "pending")
        MessageState status,

        @Schema(maxLength = Limits.PHONE, description = "the recipient, in any spelling", example = "012-345 6789")
        String phone,

        @Schema(description = "planned at or after", example = "2026-11-28T00:00:00Z")
        Instant from,

        @Schema(description = "planned before", example = "2026-11-29T00:00:00Z")
        Instant to,

        @Schema(
                description =
                        "true: all messages of the user are meant. Needed where no cause, device, recipient or stretch of"
                                + " time with both ends is named",
                defaultValue = "false",
                example = "false")
        Boolean all,

        @Schema(description = "for resolve: sent or failed", example = "sent")
        MessageState outcome) {

    /**
     * The conditions, as a list of messages takes them.
     *
     * @param region ISO country that a phone number without a country code belongs to
     */
    MessageFilter filter(String region) {
        return new MessageFilter(
                listOf(campaignId),
                listOf(sequenceId),
                listOf(deviceId),
                listOf(leadId),
                listOf(status),
                listOf(kind),
                phone(region),
                null,
                from,
                to,
                null);
    }

    private PhoneNumber phone(String region) {
        return phone == null ? null : PhoneField.parse("phone", phone, region);
    }

    private static <T> List<T> listOf(T value) {
        return Optional.ofNullable(value).map(List::of).orElseGet(List::of);
    }
}
