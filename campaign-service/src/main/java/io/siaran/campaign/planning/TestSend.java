package io.siaran.campaign.planning;

import io.siaran.model.DeviceId;
import io.siaran.model.Limits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whom a campaign is tried out on. */
@Schema(name = "CampaignTest")
record TestSend(
        @NotNull
        @Schema(
                implementation = String.class,
                format = "uuid",
                description = "the device that sends",
                example = "01936f2e-0000-7000-8000-0000000000d1")
        DeviceId deviceId,

        @NotNull
        @Schema(
                maxLength = Limits.PHONE,
                description = "the number that gets it, in any spelling",
                example = "012-345 6789")
        String phone,

        @Size(max = Limits.NAME)
        @Schema(description = "what the recipient is called; null: not known", example = "Aina", nullable = true)
        String name) {}
