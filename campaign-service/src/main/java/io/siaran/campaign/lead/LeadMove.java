package io.siaran.campaign.lead;

import io.siaran.model.DeviceId;
import io.siaran.model.Limits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** That leads of one device be another device's from now on. */
@Schema(name = "LeadMove")
record LeadMove(
        @NotNull
        @Schema(
                implementation = String.class,
                format = "uuid",
                description = "the device whose leads move; it may be deleted by now",
                example = "01936f2e-0000-7000-8000-0000000000d1")
        DeviceId fromDeviceId,

        @NotNull
        @Schema(
                implementation = String.class,
                format = "uuid",
                description = "the device that they move to",
                example = "01936f2e-0000-7000-8000-0000000000d2")
        DeviceId toDeviceId,

        @Size(max = Limits.TAG)
        @Schema(
                description = "only leads with this niche, the whole tag, in any case; null: all leads of the device",
                example = "ecommerce")
        String niche,

        @Schema(
                defaultValue = "false",
                description = "true: nothing moves, the answer says what would",
                example = "false")
        Boolean dryRun) {

    @Schema(hidden = true)
    boolean isDry() {
        return Boolean.TRUE.equals(dryRun);
    }

    @Schema(name = "LeadMoveResult")
    record Result(
            @Schema(description = "leads that moved, or would", example = "2000")
            long moved,

            @Schema(
                    description = "leads that stay because their phone is a lead of the other device already",
                    example = "3")
            long inTheWay,

            @Schema(
                    description = "leads that could move and have not yet: a call moves at most 10,000; ask again",
                    example = "0")
            long remaining) {}
}
