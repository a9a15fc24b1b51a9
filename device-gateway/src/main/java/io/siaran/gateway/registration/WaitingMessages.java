package io.siaran.gateway.registration;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What waits for a device, as dispatch-service answers it. */
@Schema(name = "QueueOfDevice", description = "What waits for a device: its line of GET /queue.")
record WaitingMessages(
        @Schema(
                required = true,
                description = "Messages that wait, those of paused plans among them; up to a second old.",
                example = "120")
        long backlog,

        @Schema(
                required = true,
                description = "Messages on their way, of which the end is not known yet.",
                example = "4")
        int inFlight,

        @Schema(
                required = true,
                nullable = true,
                description =
                        "When the first of those that wait is due, or was; null when none is but for paused plans.",
                example = "2026-11-28T02:00:00Z")
        Instant nextDue,

        @Schema(
                required = true,
                nullable = true,
                description =
                        "When all is sent at the earliest, at the device's own delays and caps and if nothing is added; null"
                                + " when nothing waits, and while the device is not online, held or stopped.",
                example = "2026-11-28T02:40:00Z")
        Instant expectedEmpty) {}
