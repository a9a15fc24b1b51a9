package io.siaran.sequence.authoring;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.siaran.model.DelayRange;
import io.siaran.model.MessageType;
import io.siaran.model.StepId;
import io.siaran.model.Tag;
import io.siaran.model.template.TextCheck;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.LocalTime;

/**
 * A step on the wire, in requests and answers; triggers are read in lower case.
 *
 * @param content a {@link io.siaran.model.template.Template}
 */
record StepDocument(
        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        StepId id,

        @NotNull @Min(1) Integer dayNumber,

        @NotBlank @Pattern(regexp = Tag.ONE, message = Tag.EXPECTED)
        String trigger,

        @Pattern(regexp = Tag.ONE, message = Tag.EXPECTED) String nextTrigger,

        @PositiveOrZero @Digits(integer = 5, fraction = 4) BigDecimal triggerDelayHours,
        @JsonFormat(pattern = "HH:mm") LocalTime sendAt,
        Boolean isEntryPoint,
        MessageType messageType,
        @NotBlank String content,

        @Size(max = 2_048)
        @Pattern(regexp = "https?://\\S+", message = "must be a URL that begins with http:// or https://")
        String mediaUrl,

        @Min(0) @Max(DelayRange.LONGEST_SECONDS) Integer minDelaySeconds,
        @Min(0) @Max(DelayRange.LONGEST_SECONDS) Integer maxDelaySeconds)
        implements LinkedStep {

    StepDocument {
        trigger = Tag.foldOrNull(trigger);
        nextTrigger = Tag.foldOrNull(nextTrigger);
        isEntryPoint = isEntryPoint != null && isEntryPoint;
        messageType = messageType == null ? MessageType.TEXT : messageType;
        mediaUrl = mediaUrl == null || mediaUrl.isBlank() ? null : mediaUrl.strip();
    }

    /** What there is to say of its content. */
    TextCheck text() {
        return TextCheck.of(content, messageType);
    }
}
