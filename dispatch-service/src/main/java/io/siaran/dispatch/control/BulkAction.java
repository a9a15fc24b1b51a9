package io.siaran.dispatch.control;

import io.siaran.rest.VersionedByContent;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An action on all messages that matched a filter, as REST answers it. */
public record BulkAction(
        @Schema(
                description = "names it in GET /messages/actions/{action}",
                example = "01936f2e-0000-7000-8000-0000000000b1")
        UUID id,

        @Schema(description = "what is done", example = "cancel")
        Action action,

        @Schema(
                description =
                        "messages that matched when it was asked for, and that it is about; null while they are too many to be"
                                + " counted at once, until it is done",
                nullable = true,
                example = "1200")
        Long messages,

        @Schema(description = "messages that it has changed so far", example = "1180")
        long changed,

        @Schema(
                description =
                        "messages that match and are not changed, by the reason: the status that they are in, or what they"
                                + " ended or would end with (suppressed, plan_cancelled, …); set_aside: the database refused the change."
                                + " Of too many to be counted, those are left out that have a status which it does not change",
                example = "{\"sent\": 300, \"suppressed\": 20}")
        Map<String, Long> skipped,

        @Schema(example = "2026-11-28T02:00:00Z") Instant askedAt,

        @Schema(description = "null while it is under way", nullable = true, example = "2026-11-28T02:00:02Z")
        Instant doneAt,

        @Schema(
                description = "why it ended before it was done; what it had changed by then stays so",
                nullable = true,
                example = "failed 20 times in a row: PgException")
        String failedBecause,

        @Schema(description = "when a number above was changed, or it ended", example = "2026-11-28T02:00:02Z")
        Instant updatedAt)
        implements VersionedByContent {

    public BulkAction {
        skipped = Collections.unmodifiableMap(new TreeMap<>(skipped));
    }
}
