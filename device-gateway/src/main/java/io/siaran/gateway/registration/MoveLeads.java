package io.siaran.gateway.registration;

import io.siaran.model.DeviceId;
import io.siaran.model.Limits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** That the leads of a device be another device's from now on. */
@Schema(name = "MoveLeadsOfDevice")
record MoveLeads(
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
                example = "ecommerce",
                nullable = true)
        String niche,

        @Schema(
                defaultValue = "false",
                description = "true: nothing moves, the answer says what would",
                example = "false")
        Boolean dryRun) {}
