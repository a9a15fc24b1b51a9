package io.siaran.dispatch.message;

import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.InvalidPhoneNumber;
import io.siaran.model.LeadId;
import io.siaran.model.MessageKind;
import io.siaran.model.MessageState;
import io.siaran.model.PhoneNumber;
import io.siaran.model.SequenceId;
import io.siaran.rest.PhoneField;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** Which messages a request lists, as it spells that. A parameter that is a list may be repeated: any of its values matches. */
public record MessageQuery(
        @Parameter(description = "the messages of a campaign, tests aside; may be repeated") @RestQuery("campaign_id")
        List<CampaignId> campaignId,

        @Parameter(description = "the messages of a sequence; may be repeated") @RestQuery("sequence_id")
        List<SequenceId> sequenceId,

        @Parameter(description = "the messages of a device; may be repeated") @RestQuery("device_id")
        List<DeviceId> deviceId,

        @Parameter(description = "the messages to a lead; may be repeated") @RestQuery("lead_id")
        List<LeadId> leadId,

        @Parameter(description = "may be repeated") @RestQuery("status")
        List<MessageState> status,

        @Parameter(description = "may be repeated") @RestQuery("kind")
        List<MessageKind> kind,

        @Parameter(description = "the recipient, in any spelling", example = "012-345 6789") @RestQuery("phone")
        String phone,

        @Parameter(
                description = "the recipient's phone in any spelling, or part of the name or phone",
                example = "Aina")
        @RestQuery("q")
        String q,

        @Parameter(description = "planned at or after", example = "2026-11-28T00:00:00Z") @RestQuery("from")
        Instant from,

        @Parameter(description = "planned before", example = "2026-11-29T00:00:00Z") @RestQuery("to")
        Instant to,

        @Parameter(description = "changed at or after", example = "2026-11-28T08:00:00Z") @RestQuery("updated_since")
        Instant updatedSince) {

    /**
     * @param region ISO country that a phone number without a country code belongs to
     * @throws io.siaran.rest.Refusal (a 400) for a phone or a time that no message can have
     */
    MessageFilter filter(String region) {
        Optional<PhoneNumber> asPhone = Optional.ofNullable(q).flatMap(text -> phone(text, region));
        return new MessageFilter(
                campaignId,
                sequenceId,
                deviceId,
                leadId,
                status,
                kind,
                phone == null ? asPhone.orElse(null) : PhoneField.parse("phone", phone, region),
                phone == null && asPhone.isPresent() ? null : q,
                from,
                to,
                updatedSince);
    }

    /** Empty where the text is no phone, but perhaps a part of one, or of a name. */
    private static Optional<PhoneNumber> phone(String text, String region) {
        try {
            return Optional.of(PhoneNumber.parse(text, region));
        } catch (InvalidPhoneNumber other) {
            return Optional.empty();
        }
    }
}
