package io.siaran.dispatch.control;

import io.siaran.dispatch.message.MessageFilter;
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.MessageState;
import io.siaran.model.SequenceId;
import io.siaran.rest.PhoneField;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Which messages a decision is about; at least one condition is needed, since an empty body would mean all of them.
 *
 * @param outcome for {@code resolve} only
 */
public record BulkRequest(
        CampaignId campaignId,
        SequenceId sequenceId,
        DeviceId deviceId,
        MessageState status,

        @Schema(description = "the recipient, in any spelling")
        String phone,

        @Schema(description = "planned at or after") Instant from,
        @Schema(description = "planned before") Instant to,
        @Schema(description = "for resolve: sent or failed") MessageState outcome) {

    /**
     * The conditions, as a list of messages takes them.
     *
     * @param region ISO country that a phone number without a country code belongs to
     */
    MessageFilter filter(String region) {
        return new MessageFilter(
                campaignId,
                sequenceId,
                deviceId,
                status,
                phone == null ? null : PhoneField.parse("phone", phone, region),
                from,
                to);
    }
}
