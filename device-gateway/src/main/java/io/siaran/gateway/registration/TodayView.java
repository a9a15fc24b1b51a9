package io.siaran.gateway.registration;

import io.siaran.model.DeferReason;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a device has said on its day and when it may go on. What waits for it is {@link WaitingMessages}. */
@Schema(description = "What a device has said on its day, and when it may go on.")
record TodayView(
        @Schema(required = true, description = "Answers to people who had written to it lately.", example = "12")
        int replies,

        @Schema(required = true, description = "Messages to everybody else.", example = "140")
        int cold,

        @Schema(
                required = true,
                description = "Of these, people whom its number had never written to before.",
                example = "35")
        int firstContacts,

        @Schema(
                required = true,
                nullable = true,
                description =
                        "How many cold messages it may say today, by the lowest of its caps and its warm-up; null is no cap.",
                example = "400")
        Integer coldCap,

        @Schema(
                required = true,
                nullable = true,
                description = "Which rule says so; null is no cap.",
                enumeration = {"daily_cap", "cold_daily_cap", "warm_up"},
                example = "daily_cap")
        String coldCapReason,

        @Schema(
                required = true,
                nullable = true,
                description =
                        "When it may say the next cold message, by its pause, caps, hours and holds, if nothing else"
                                + " comes; null while it cannot send at all.",
                example = "2026-11-27T01:00:20Z")
        Instant nextFreeAt,

        @Schema(
                required = true,
                nullable = true,
                description = "The last thing that went wrong with it, in words; null where nothing is known.",
                example = "463: WhatsApp lets it write to nobody new for a time")
        String lastProblem,

        @Schema(required = true, nullable = true, description = "When that was.", example = "2026-11-26T08:00:00Z")
        Instant lastProblemAt) {

    static String wire(Integer cap, DeferReason reason) {
        return cap == null ? null : reason.wire();
    }
}
