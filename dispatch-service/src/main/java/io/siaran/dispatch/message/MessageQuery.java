package io.siaran.dispatch.message;

import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.MessageState;
import io.siaran.model.SequenceId;
import io.siaran.rest.PhoneField;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** Which messages a request lists, as it spells that. */
public record MessageQuery(
        @Parameter(description = "the messages of a campaign, tests aside") @RestQuery("campaign_id")
        CampaignId campaignId,

        @Parameter(description = "the messages of a sequence") @RestQuery("sequence_id")
        SequenceId sequenceId,

        @RestQuery("device_id") DeviceId deviceId,

        @RestQuery("status") MessageState status,

        @Parameter(description = "the recipient, in any spelling") @RestQuery("phone")
        String phone,

        @Parameter(description = "planned at or after") @RestQuery("from")
        Instant from,

        @Parameter(description = "planned before") @RestQuery("to")
        Instant to) {

    /**
     * @param region ISO country that a phone number without a country code belongs to
     * @throws io.siaran.rest.Refusal (a 400) for a phone or a time that no message can have
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
