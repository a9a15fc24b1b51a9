package io.siaran.sequence.progress;

import io.siaran.model.SequenceId;
import io.siaran.model.WireEnum;
import io.siaran.sequence.enrolment.LeftReason;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One time that a lead was in a sequence. */
record EnrolmentSummary(
        @Schema(description = "The sequence.", example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d47")
        SequenceId sequenceId,

        @Schema(description = "Its name.", example = "30 Day Fitness Challenge")
        String name,

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
        Instant endedAt) {

    static EnrolmentSummary of(Row row) {
        return new EnrolmentSummary(
                new SequenceId(row.getUUID("sequence_id")),
                row.getString("name"),
                WireEnum.read(EnrolmentStatus.class, row.getString("status")),
                reason(row),
                row.getString("trigger"),
                row.getOffsetDateTime("entered_at").toInstant(),
                time(row, "ended_at"));
    }

    static LeftReason reason(Row row) {
        String reason = row.getString("left_reason");
        return reason == null ? null : WireEnum.read(LeftReason.class, reason);
    }

    static Instant time(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
