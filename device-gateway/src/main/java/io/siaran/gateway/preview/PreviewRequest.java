package io.siaran.gateway.preview;

import io.siaran.model.AntiSpamProfile;
import io.siaran.model.Attributes;
import io.siaran.model.DeviceId;
import io.siaran.model.Limits;
import io.siaran.rest.MultiLine;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A text, and for whom it would be. */
@Schema(description = "A text, and for whom it would be.")
record PreviewRequest(
        @Schema(description = "The text, with variables and choices.", example = "{Hi|Hello} {{name}}, 50% off")
        @MultiLine
        @NotBlank
        @Size(max = Limits.TEXT)
        String message,

        @Schema(nullable = true, description = "The reader's name.", example = "Ani") @Size(max = Limits.NAME)
        String recipientName,

        @Schema(
                nullable = true,
                maxLength = Limits.PHONE,
                description = "The reader's number, in any spelling; nobody's by default.",
                example = "012-345 6789")
        String phone,

        @Schema(nullable = true, description = "The reader's niche.", example = "ecommerce") @Size(max = Limits.NAME)
        String niche,

        @Schema(
                nullable = true,
                description = "What else is known of the reader, for {{attributes.plan}}.",
                example = "{\"plan\": \"gold\"}")
        Attributes attributes,

        @Schema(
                nullable = true,
                description = "Whose greetings, time zone and profile it would have; the standard ones by default.",
                example = "01936f2e-0000-7000-8000-0000000000d1")
        DeviceId deviceId,

        @Schema(
                nullable = true,
                description = "The profile of the campaign or sequence, which goes before the device's.",
                example = "full")
        AntiSpamProfile antiSpam,

        @Schema(nullable = true, defaultValue = "3", description = "How many copies to show.", example = "3")
        @Min(1)
        @Max(20)
        Integer variants,

        @Schema(
                nullable = true,
                description = "When it would be sent, between the years 1970 and 9998; now by default.",
                example = "2026-11-27T01:00:00Z")
        Instant at) {

    private static final int USUAL_VARIANTS = 3;

    PreviewRequest {
        variants = Objects.requireNonNullElse(variants, USUAL_VARIANTS);
        attributes = Attributes.orNone(attributes);
    }
}
