package io.siaran.gateway.preview;

import io.siaran.model.AntiSpamProfile;
import io.siaran.model.DeviceId;
import io.siaran.model.template.Template;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Objects;

/**
 * A text, and for whom it would be.
 *
 * @param phone the reader's, in any spelling; one of nobody's unless given
 * @param deviceId whose greetings, zone and profile it would have; the standard ones unless given
 * @param antiSpam the profile of the campaign or sequence, which goes before the device's
 * @param variants how many copies to show
 * @param at when it would be sent; now unless given
 */
record PreviewRequest(
        @NotBlank @Size(max = Template.LONGEST_SOURCE) String message,
        @Size(max = 255) String recipientName,
        String phone,
        @Size(max = 100) String niche,
        DeviceId deviceId,
        AntiSpamProfile antiSpam,
        @Min(1) @Max(20) Integer variants,
        Instant at) {

    private static final int USUAL_VARIANTS = 3;

    PreviewRequest {
        variants = Objects.requireNonNullElse(variants, USUAL_VARIANTS);
    }
}
