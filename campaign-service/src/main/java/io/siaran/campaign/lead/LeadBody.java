package io.siaran.campaign.lead;

import io.siaran.model.DeviceId;
import io.siaran.model.TargetStatus;
import io.siaran.rest.PhoneField;
import io.siaran.rest.Refusal;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A lead as it is sent by POST and PUT. */
record LeadBody(
        @NotNull @Schema(implementation = String.class, format = "uuid")
        DeviceId deviceId,

        @Size(max = 200) String name,

        @NotNull @Schema(description = "any spelling, e.g. 012-345 6789")
        String phone,

        @Size(max = 1000) @Schema(description = "comma-separated tags")
        String niche,

        @Schema(description = "prospect (default) or customer")
        TargetStatus targetStatus,

        @Size(max = 1000) @Schema(description = "comma-separated tokens that sequences start from")
        String trigger) {

    /** @throws Refusal (a 400) when the number cannot exist, or the status is a filter's */
    LeadDetails details(String region) {
        return new LeadDetails(
                deviceId,
                PhoneField.parse("phone", phone, region),
                Objects.requireNonNullElse(name, "").strip(),
                Objects.requireNonNullElse(niche, ""),
                oneOfTwo(Objects.requireNonNullElse(targetStatus, TargetStatus.PROSPECT)),
                Objects.requireNonNullElse(trigger, ""));
    }

    private static TargetStatus oneOfTwo(TargetStatus status) {
        if (status == TargetStatus.ALL) {
            throw Refusal.invalid("target_status", "must be prospect or customer: a lead is one of them");
        }
        return status;
    }
}
