package io.siaran.campaign.lead;

import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.PhoneNumber;
import io.siaran.model.TargetStatus;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A lead as it is answered. */
@Schema(name = "Lead")
record LeadView(
        @Schema(implementation = String.class, format = "uuid")
        LeadId id,

        @Schema(implementation = String.class, format = "uuid")
        DeviceId deviceId,

        String name,
        @Schema(implementation = String.class) PhoneNumber phone,
        String niche,
        TargetStatus targetStatus,
        String trigger,
        Instant createdAt) {

    static LeadView of(Lead lead) {
        return new LeadView(
                lead.id(),
                lead.deviceId(),
                lead.name(),
                lead.phone(),
                lead.niche(),
                lead.targetStatus(),
                lead.triggers().asWritten(),
                lead.createdAt());
    }
}
