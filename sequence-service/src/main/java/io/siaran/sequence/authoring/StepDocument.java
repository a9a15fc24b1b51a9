package io.siaran.sequence.authoring;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.siaran.model.DelayRange;
import io.siaran.model.Limits;
import io.siaran.model.MessageType;
import io.siaran.model.StepId;
import io.siaran.model.Tag;
import io.siaran.model.template.TextCheck;
import io.siaran.rest.MultiLine;
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
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A step on the wire, in requests and answers. */
record StepDocument(
        @Schema(
                description =
                        "Given by the service. PUT and PATCH know a step by it, and without it by its trigger; a new"
                                + " step has none.",
                example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d48",
                nullable = true)
        StepId id,

        @Schema(description = "Steps without a next_trigger follow each other by day.", example = "1")
        @NotNull
        @Min(1)
        @Max(LAST_DAY)
        Integer dayNumber,

        @Schema(
                description = "Names the step within its sequence. At an entry point it also lets leads in.",
                example = "fitness_day1")
        @NotBlank
        @Pattern(regexp = Tag.ONE, message = Tag.EXPECTED)
        String trigger,

        @Schema(
                description = "The trigger of the step that follows, or an entry trigger of another sequence, which the"
                        + " lead then enters unless it is inside. Null: the next step by day.",
                example = "fitness_day2",
                nullable = true)
        @Pattern(regexp = Tag.ONE, message = Tag.EXPECTED)
        String nextTrigger,

        @Schema(
                description = "Hours after the step before was sent; at the first step, after the enrolment. Null: 0 at"
                        + " the first step, else 24.",
                maximum = "99999.9999",
                example = "24",
                nullable = true)
        @PositiveOrZero(message = "must not be negative: no step comes before the one that it follows")
        @Digits(integer = 5, fraction = 4, message = "must be at most 99999 hours, with at most four decimals")
        BigDecimal triggerDelayHours,

        @Schema(
                description = "Moves the step to this local time of day, HH:MM.",
                type = SchemaType.STRING,
                format = "",
                pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$",
                example = "09:00",
                nullable = true)
        @JsonFormat(pattern = "HH:mm")
        LocalTime sendAt,

        @Schema(
                description = "Whether a lead that carries the step's trigger enters here.",
                example = "true",
                defaultValue = "false")
        Boolean isEntryPoint,

        @Schema(description = "An image has a media_url.", example = "text", defaultValue = "text")
        MessageType messageType,

        @Schema(
                description =
                        "The text, or the image's caption: a template with {{variables}} and {choices|like|this}.",
                example = "Hi {{name}}, welcome to day 1!")
        @NotBlank
        @MultiLine
        String content,

        @Schema(description = "Where the image is.", example = "https://example.com/day1.png", nullable = true)
        @Size(max = Limits.URL)
        @Pattern(regexp = "https?://\\S+", message = "must be a URL that begins with http:// or https://")
        String mediaUrl,

        @Schema(
                description = "Seconds of silence before the message, at least; both delays or neither. Null: as the"
                        + " sequence says.",
                example = "10",
                nullable = true)
        @Min(0)
        @Max(DelayRange.LONGEST_SECONDS)
        Integer minDelaySeconds,

        @Schema(description = "Seconds of silence before the message, at most.", example = "30", nullable = true)
        @Min(0)
        @Max(DelayRange.LONGEST_SECONDS)
        Integer maxDelaySeconds)
        implements LinkedStep {

    private static final int LAST_DAY = 3_650;

    /** More than the digits before and after the point that are allowed: a number that is refused is left as it is. */
    private static final int MOST_DIGITS = 9;

    StepDocument {
        trigger = Tag.foldOrNull(trigger);
        nextTrigger = Tag.foldOrNull(nextTrigger);
        triggerDelayHours = plain(triggerDelayHours);
        isEntryPoint = isEntryPoint != null && isEntryPoint;
        messageType = messageType == null ? MessageType.TEXT : messageType;
        mediaUrl = mediaUrl == null || mediaUrl.isBlank() ? null : mediaUrl.strip();
    }

    /** What decides when it comes, and after which other. */
    List<Object> plan() {
        return Arrays.asList(id, dayNumber, trigger, nextTrigger, triggerDelayHours, sendAt);
    }

    /** What decides how long it waits. */
    List<Object> timing() {
        return Arrays.asList(triggerDelayHours, sendAt);
    }

    /** What is sent. */
    List<Object> message() {
        return Arrays.asList(messageType, content, mediaUrl, minDelaySeconds, maxDelaySeconds);
    }

    PlannedStep planned(int position, boolean removed) {
        return new PlannedStep(
                id, position, dayNumber, trigger, nextTrigger, triggerDelayHours, sendAt, isEntryPoint, removed);
    }

    /** The same as a step of another sequence. */
    StepDocument withoutId() {
        return new StepDocument(
                null,
                dayNumber,
                trigger,
                nextTrigger,
                triggerDelayHours,
                sendAt,
                isEntryPoint,
                messageType,
                content,
                mediaUrl,
                minDelaySeconds,
                maxDelaySeconds);
    }

    /** What there is to say of its content. */
    TextCheck text() {
        return TextCheck.of(content, messageType);
    }

    /** One spelling of a number, so that 24, 24.0 and 2.4e1 are the same step. */
    private static BigDecimal plain(BigDecimal hours) {
        if (hours == null || hours.precision() - (long) hours.scale() > MOST_DIGITS) {
            return hours;
        }
        BigDecimal stripped = hours.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
