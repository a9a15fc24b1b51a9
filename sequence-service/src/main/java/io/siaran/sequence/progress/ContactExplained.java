package io.siaran.sequence.progress;

import io.siaran.model.ContactId;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.model.SequenceId;
import io.siaran.model.StepId;
import io.siaran.rest.VersionedByContent;
import io.siaran.sequence.enrolment.LeftReason;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where one lead is in one sequence, what comes next and when, and why it waits. */
record ContactExplained(
        @Schema(description = "The sequence.", example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d47")
        SequenceId sequenceId,

        @Schema(description = "The lead.", example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d4b")
        LeadId leadId,

        @Schema(description = "Where the lead is with the sequence.", example = "open")
        EnrolmentStatus status,

        @Schema(description = "Why it left; null unless it did.", example = "replied", nullable = true)
        LeftReason leftReason,

        @Schema(
                description = "The trigger that let it in; null where the API did.",
                example = "fitness_start",
                nullable = true)
        String trigger,

        @Schema(description = "When it entered.", example = "2026-11-27T01:00:00Z")
        Instant enteredAt,

        @Schema(description = "When it was through or left.", example = "2026-12-27T01:00:00Z", nullable = true)
        Instant endedAt,

        @Schema(
                description =
                        "When something last happened to it: it entered, a step was given to its device or had an outcome"
                                + " or a receipt, it answered, it left.",
                example = "2026-11-27T02:00:00Z")
        Instant updatedAt,

        @Schema(
                description = "What its step waits for; null where it is not inside.",
                example = "time",
                nullable = true)
        WaitsFor waitingFor,

        @Schema(description = "The steps whose turn has come, in their order.")
        List<Behind> steps,

        @Schema(
                description =
                        "The steps to come as the sequence is now, each with the time if every one before is on time.")
        List<Ahead> ahead)
        implements VersionedByContent {

    /**
     * What was decided of it. Not what depends on when it is read (the forecast of what is ahead, and what it waits for), and not when
     * something happened: a step that is fired once more, since its news may be lost, is as it was.
     */
    @Override
    public Object tagged() {
        return List.of(
                sequenceId, leadId, status, String.valueOf(leftReason), enteredAt, String.valueOf(endedAt), steps);
    }

    @Schema(name = "StepBehind")
    record Behind(
            @Schema(
                    description = "Its id; the step's message carries it.",
                    example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d4a")
            ContactId id,

            @Schema(description = "The step.", example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d48")
            StepId sequenceStepid,

            @Schema(description = "Its trigger.", example = "fitness_day1")
            String trigger,

            @Schema(description = "What became of it.", example = "sent")
            ContactStatus status,

            @Schema(description = "When it is or was due.", example = "2026-11-27T01:00:00Z")
            Instant nextTriggerTime,

            @Schema(description = "The id of its message.", example = "01934b5e-7c11-8d3a-9f5e-2a8f1c0b9d4c")
            MessageId messageId,

            @Schema(description = "When it was sent.", example = "2026-11-27T01:00:07Z", nullable = true)
            Instant sentAt,

            @Schema(description = "When it reached the phone.", example = "2026-11-27T01:00:09Z", nullable = true)
            Instant deliveredAt,

            @Schema(description = "When it was read.", example = "2026-11-27T02:00:00Z", nullable = true)
            Instant readAt,

            @Schema(description = "Why it failed or was cancelled.", example = "provider_failed", nullable = true)
            String failureReason) {}

    @Schema(name = "StepAhead")
    record Ahead(
            @Schema(description = "The step.", example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d48")
            StepId sequenceStepid,

            @Schema(description = "Its trigger.", example = "fitness_day2")
            String trigger,

            @Schema(
                    description = "When it is due if every step before it is on time.",
                    example = "2026-11-28T01:00:00Z")
            Instant nextTriggerTime) {}
}
