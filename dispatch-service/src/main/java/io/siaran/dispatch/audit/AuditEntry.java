package io.siaran.dispatch.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Something that somebody did. */
record AuditEntry(
        @Schema(
                description = "names the entry; later ones are greater",
                example = "01936f2e-0000-7000-8000-0000000000c9")
        UUID id,

        @Schema(description = "when it was done", example = "2026-11-28T02:00:00Z")
        Instant at,

        @Schema(description = "who did it", example = "kedai-ani")
        String by,

        @Schema(description = "what was done", example = "cancelled")
        String action,

        @Schema(
                description =
                        "to what: message, messages, queue, webhook, campaign, lead, leads, person, import, sequence, device,"
                                + " sending_rules",
                example = "message")
        String subject,

        @Schema(
                description =
                        "which, by its id, a person by that of a lead; null where there is but one, or many, or nobody's lead",
                nullable = true,
                example = "01936f2e-0000-8000-8000-000000000001")
        String subjectId,

        @Schema(
                description =
                        "as it was, or what of it is another now; null where it was not there or nothing is told of it",
                nullable = true,
                type = SchemaType.OBJECT,
                example = "{\"status\": \"pending\"}")
        @JsonRawValue
        String before,

        @Schema(
                description = "as it was then, or what was asked for; null where it is gone",
                nullable = true,
                type = SchemaType.OBJECT,
                example = "{\"status\": \"cancelled\"}")
        @JsonRawValue
        String after) {

    static AuditEntry of(Row row) {
        return new AuditEntry(
                row.getUUID("id"),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("by_user"),
                row.getString("action"),
                row.getString("subject"),
                row.getString("subject_id"),
                row.getString("before"),
                row.getString("after"));
    }
}
