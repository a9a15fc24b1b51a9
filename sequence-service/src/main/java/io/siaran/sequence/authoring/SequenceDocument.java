package io.siaran.sequence.authoring;

import io.siaran.model.AntiSpamProfile;
import io.siaran.model.DelayRange;
import io.siaran.model.Expiry;
import io.siaran.model.Limits;
import io.siaran.model.Tag;
import io.siaran.model.TargetStatus;
import io.siaran.rest.AnsweredAs;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.ZoneId;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A sequence as its author writes it, with its defaults. */
@AnsweredAs(SequenceView.class)
record SequenceDocument(
        @Schema(description = "What operators call it.", example = "30 Day Fitness Challenge")
        @NotBlank
        @Size(max = Limits.NAME)
        String name,

        @Schema(
                description =
                        "Only leads with this niche enter, and its messages are counted under it. Null: any lead.",
                example = "fitness",
                nullable = true)
        @Pattern(regexp = Tag.ONE, message = Tag.EXPECTED)
        String niche,

        @Schema(
                description = "A lead that carries this trigger enters at the first entry point. Null: only by the"
                        + " triggers of the entry points themselves.",
                example = "fitness_start",
                nullable = true)
        @Pattern(regexp = Tag.ONE, message = Tag.EXPECTED)
        String trigger,

        @Schema(description = "Only leads of this status enter.", example = "all", defaultValue = "all")
        TargetStatus targetStatus,

        @Schema(
                description = "Only an active sequence lets leads in and sends. What is left out is inactive.",
                example = "active",
                defaultValue = "inactive")
        SequenceStatus status,

        @Schema(
                description = "Seconds of silence before each message, at least; both delays or neither. Null: as the"
                        + " device says.",
                example = "10",
                nullable = true)
        @Min(0)
        @Max(DelayRange.LONGEST_SECONDS)
        Integer minDelaySeconds,

        @Schema(description = "Seconds of silence before each message, at most.", example = "30", nullable = true)
        @Min(0)
        @Max(DelayRange.LONGEST_SECONDS)
        Integer maxDelaySeconds,

        @Schema(
                description = "The IANA time zone of every send_at. Null: the device's, else the installation's.",
                example = "Asia/Kuala_Lumpur",
                nullable = true)
        ZoneId timeZone,

        @Schema(
                description = "How much the texts are varied. Null: as the device says.",
                example = "full",
                nullable = true)
        AntiSpamProfile antiSpam,

        @Schema(
                description = "What follows a step that failed. A number that does not exist, and a recipient who opted"
                        + " out, leave in any case.",
                example = "continue",
                defaultValue = "continue")
        FailurePolicy onFailure,

        @Schema(
                description = "What follows a step whose outcome is still unknown after 24 hours.",
                example = "continue",
                defaultValue = "continue")
        FailurePolicy onUnknown,

        @Schema(
                description = "Whether a reply, to whichever device of the user, ends the contact's enrolment.",
                example = "false",
                defaultValue = "false")
        Boolean stopOnReply,

        @Schema(
                description = "Whether the enrolment ends when the lead's status is no longer the one with which the"
                        + " lead entered, such as a prospect who became a customer.",
                example = "false",
                defaultValue = "false")
        Boolean stopOnStatus,

        @Schema(
                description = "Whether a person who is a lead on several devices walks once, or on each of them.",
                example = "once",
                defaultValue = "once")
        OnePerson onePerson,

        @Schema(
                description =
                        "Whether a lead that was inside before may enter again, by a newer assignment of the trigger.",
                example = "false",
                defaultValue = "false")
        Boolean allowReentry,

        @Schema(
                description = "How long a step's message may wait to be sent once it is due: a duration by ISO 8601, or"
                        + " none.",
                example = "P7D",
                defaultValue = "P7D")
        Expiry expireAfter,

        @Schema(description = "In the order of the author; the order of sending follows day_number and next_trigger.")
        @Size(max = LONGEST)
        List<@NotNull @Valid StepDocument> steps) {

    /** A step a day for a year. */
    static final int LONGEST = 365;

    SequenceDocument {
        niche = Tag.foldOrNull(niche);
        trigger = Tag.foldOrNull(trigger);
        targetStatus = targetStatus == null ? TargetStatus.ALL : targetStatus;
        status = status == null ? SequenceStatus.INACTIVE : status;
        onFailure = onFailure == null ? FailurePolicy.CONTINUE : onFailure;
        onUnknown = onUnknown == null ? FailurePolicy.CONTINUE : onUnknown;
        stopOnReply = stopOnReply != null && stopOnReply;
        stopOnStatus = stopOnStatus != null && stopOnStatus;
        onePerson = onePerson == null ? OnePerson.ONCE : onePerson;
        allowReentry = allowReentry != null && allowReentry;
        expireAfter = expireAfter == null ? Expiry.DEFAULT : expireAfter;
        steps = steps == null ? List.of() : steps;
    }

    /** The same as another sequence, inactive, its steps new. */
    SequenceDocument copy() {
        String suffix = " (copy)";
        String room = name.substring(0, Math.min(name.length(), Limits.NAME - suffix.length()));
        List<StepDocument> fresh = steps.stream().map(StepDocument::withoutId).toList();
        return with(room + suffix, SequenceStatus.INACTIVE, fresh);
    }

    /** The same with another status. */
    SequenceDocument having(SequenceStatus other) {
        return with(name, other, steps);
    }

    private SequenceDocument with(String name, SequenceStatus other, List<StepDocument> steps) {
        return new SequenceDocument(
                name,
                niche,
                trigger,
                targetStatus,
                other,
                minDelaySeconds,
                maxDelaySeconds,
                timeZone,
                antiSpam,
                onFailure,
                onUnknown,
                stopOnReply,
                stopOnStatus,
                onePerson,
                allowReentry,
                expireAfter,
                steps);
    }
}
