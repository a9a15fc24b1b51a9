package io.siaran.campaign.suppression;

import io.siaran.model.Limits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Somebody who must not be written to, as an operator says it. */
@Schema(name = "SuppressionRequest")
record SuppressionBody(
        @NotNull
        @Schema(
                maxLength = Limits.PHONE,
                description = "the person's phone number in any spelling",
                example = "012-345 6789")
        String phone,

        @Size(max = Limits.REASON) @Schema(defaultValue = "", description = "why, in words", example = "asked by phone")
        String reason) {

    SuppressionBody {
        reason = reason == null ? "" : reason;
    }
}
