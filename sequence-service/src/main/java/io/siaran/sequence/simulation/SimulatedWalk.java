package io.siaran.sequence.simulation;

import io.siaran.model.MessageType;
import io.siaran.model.StepId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a sample lead would be sent, and when. */
@Schema(name = "SequenceSimulation")
record SimulatedWalk(
        @Schema(description = "When it enters.", example = "2026-11-27T01:00:00Z")
        Instant startsAt,

        @Schema(description = "When the last step is sent.", example = "2026-12-26T01:00:00Z", nullable = true)
        Instant endsAt,

        @Schema(description = "The zone of every time of day.", example = "Asia/Kuala_Lumpur")
        ZoneId timeZone,

        @Schema(description = "Every step, in the order of sending.")
        List<SimulatedStep> steps,

        @Schema(
                description = "The trigger that its end gives to the lead, where the last step leads to one.",
                example = "warm",
                nullable = true)
        String leadsTo) {

    record SimulatedStep(
            @Schema(description = "The step.", example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d48")
            StepId sequenceStepid,

            @Schema(description = "Its day.", example = "1") int dayNumber,

            @Schema(description = "Its trigger.", example = "fitness_day1")
            String trigger,

            @Schema(description = "When it is due.", example = "2026-11-27T01:00:00Z")
            Instant dueAt,

            @Schema(description = "When the device sends it.", example = "2026-11-27T01:00:20Z")
            Instant sentAt,

            @Schema(description = "What it is.", example = "text")
            MessageType messageType,

            @Schema(
                    description =
                            "The text with its variables, and of its choices one; the device may greet and vary it.",
                    example = "Hi Ani, welcome to day 1!")
            String text,

            @Schema(description = "Where the image is.", example = "https://example.com/day1.png", nullable = true)
            String mediaUrl) {}
}
