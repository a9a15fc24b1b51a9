package io.siaran.dispatch.intake;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.siaran.model.AntiSpamProfile;
import io.siaran.model.Attributes;
import io.siaran.model.DeviceId;
import io.siaran.model.Limits;
import io.siaran.model.MessageType;
import io.siaran.rest.MultiLine;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One message to one phone; {@link DirectMessageCheck} says what no single field can tell. */
public record DirectMessageRequest(
        @Schema(description = "the device that sends it", example = "01936f2e-0000-7000-8000-0000000000d1") @NotNull
        DeviceId deviceId,

        @Schema(
                description = "the recipient, in any spelling; required unless the older name is used",
                maxLength = Limits.NAME,
                nullable = true,
                example = "012-345 6789")
        @Size(max = Limits.PHONE)
        String recipientPhone,

        @Schema(
                description = "the older name of recipient_phone",
                deprecated = true,
                nullable = true,
                example = "012-345 6789")
        @Size(max = Limits.PHONE)
        String phone,

        @Schema(description = "for {{name}} and the greeting", nullable = true, example = "Aina")
        @Size(max = Limits.NAME)
        String recipientName,

        @Schema(
                description = "of the recipient, for {{attributes.plan}}: at most 20 texts",
                nullable = true,
                example = "{\"plan\": \"gold\"}")
        Attributes attributes,

        @Schema(
                description = "a template with {{name}}, {{phone}}, {{attributes.…}} and {a|b}",
                example = "Your order is on its way")
        @NotBlank
        @Size(max = Limits.TEXT)
        @MultiLine
        String message,

        @Schema(description = "text unless given", defaultValue = "text", nullable = true, example = "text")
        MessageType type,

        @Schema(
                description = "of the image; required for one, and refused with a text",
                nullable = true,
                example = "https://shop.example/sale.png")
        @Size(max = Limits.URL)
        @Pattern(regexp = "https?://\\S+", message = "must be an http or https URL")
        String mediaUrl,

        @Schema(
                description = "seconds of silence before it, at least; as the device says unless given",
                nullable = true,
                example = "10")
        @Min(0)
        @Max(Limits.DELAY_SECONDS)
        Integer minDelaySeconds,

        @Schema(
                description = "seconds of silence before it, at most; comes with min_delay_seconds",
                nullable = true,
                example = "30")
        @Min(0)
        @Max(Limits.DELAY_SECONDS)
        Integer maxDelaySeconds,

        @Schema(description = "as the device says unless given", nullable = true, example = "full")
        AntiSpamProfile antiSpam,

        @Schema(
                description = "never sent before; now unless given, and where it has passed",
                nullable = true,
                example = "2026-11-28T02:00:00Z")
        Instant scheduledAt) {

    public DirectMessageRequest {
        type = type == null ? MessageType.TEXT : type;
    }

    /** Under which name the caller sent the recipient. */
    @JsonIgnore
    String phoneField() {
        return recipientPhone == null && phone != null ? "phone" : "recipient_phone";
    }

    @JsonIgnore
    String anyPhone() {
        return recipientPhone == null ? phone : recipientPhone;
    }
}
