package io.siaran.campaign.lead;

import io.siaran.model.DeviceId;
import io.siaran.model.TargetStatus;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The fields of a lead that shall change; what is absent or null stays, an empty text empties. */
record LeadPatch(
        @Schema(implementation = String.class, format = "uuid")
        DeviceId deviceId,

        @Size(max = 200) String name,
        String phone,
        @Size(max = 1000) String niche,
        TargetStatus targetStatus,
        @Size(max = 1000) String trigger) {

    /** The whole lead as it would be sent by PUT; a phone that stays is international, whatever the region. */
    LeadBody over(Lead lead) {
        return new LeadBody(
                Objects.requireNonNullElse(deviceId, lead.deviceId()),
                Objects.requireNonNullElse(name, lead.name()),
                Objects.requireNonNullElse(phone, '+' + lead.phone().digits()),
                Objects.requireNonNullElse(niche, lead.niche()),
                Objects.requireNonNullElse(targetStatus, lead.targetStatus()),
                Objects.requireNonNullElse(trigger, lead.triggers().asWritten()));
    }
}
