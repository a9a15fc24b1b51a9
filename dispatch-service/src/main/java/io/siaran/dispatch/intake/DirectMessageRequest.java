package io.siaran.dispatch.intake;

import io.siaran.model.AntiSpamProfile;
import io.siaran.model.DelayRange;
import io.siaran.model.DeviceId;
import io.siaran.model.Limits;
import io.siaran.model.MessageType;
import io.siaran.model.template.TextCheck;
import io.siaran.rest.Refusal;
import io.siaran.rest.Violation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One message to one phone.
 *
 * @param message a {@link io.siaran.model.template.Template}
 * @param type {@code text} unless given
 * @param scheduledAt now unless given
 */
public record DirectMessageRequest(
        @NotNull DeviceId deviceId,
        @NotBlank String phone,
        @Size(max = 255) String recipientName,
        @NotBlank @Size(max = Limits.TEXT) String message,
        MessageType type,

        @Size(max = 2_048) @Pattern(regexp = "https?://\\S+", message = "must be an http or https URL")
        String mediaUrl,

        @Min(0) @Max(DelayRange.LONGEST_SECONDS) Integer minDelay,
        @Min(0) @Max(DelayRange.LONGEST_SECONDS) Integer maxDelay,
        AntiSpamProfile antiSpam,
        Instant scheduledAt) {

    /** Ids and the database end later; nobody plans so far ahead. */
    private static final Instant TOO_FAR = Instant.parse("9999-01-01T00:00:00Z");

    public DirectMessageRequest {
        type = type == null ? MessageType.TEXT : type;
    }

    /** Throws {@link Refusal} for what no single field can tell, and for a message that cannot be read. */
    void requireConsistent() {
        List<Violation> violations = new ArrayList<>();
        if (type == MessageType.IMAGE && mediaUrl == null) {
            violations.add(new Violation("media_url", "is required for an image"));
        }
        text().refusal().ifPresent(reason -> violations.add(new Violation("message", reason)));
        if ((minDelay == null) != (maxDelay == null)) {
            violations.add(new Violation(minDelay == null ? "min_delay" : "max_delay", "the two come together"));
        } else if (minDelay != null && minDelay > maxDelay) {
            violations.add(new Violation("max_delay", "must not be less than min_delay"));
        }
        if (scheduledAt != null && !scheduledAt.isBefore(TOO_FAR)) {
            violations.add(new Violation("scheduled_at", "must be before " + TOO_FAR));
        }
        if (!violations.isEmpty()) {
            throw Refusal.invalid(violations);
        }
    }

    /** What its author should know of it, though it is sent. */
    List<Violation> warnings() {
        return text().warnings().stream()
                .map(warning -> new Violation("message", warning))
                .toList();
    }

    private TextCheck text() {
        return TextCheck.of(message, type);
    }
}
