package io.siaran.dispatch.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of one event of a message at one webhook. */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record EventDelivery(
        @Schema(description = "the event", example = "01936f2e-0000-7000-8000-0000000000f1")
        UUID eventId,

        @Schema(description = "of the event", example = "message.sent")
        String type,

        @Schema(description = "which webhook", example = "01936f2e-0000-7000-8000-0000000000f2")
        UUID webhookId,

        @Schema(description = "pending, delivered or failed", example = "delivered")
        String status,

        @Schema(description = "how often it was tried", example = "1")
        int attempts,

        @Schema(description = "the status of the receiver's last answer", nullable = true, example = "200")
        Integer code,

        @Schema(description = "when it was tried last", nullable = true, example = "2026-11-28T02:00:09.2Z")
        Instant triedAt) {

    static EventDelivery of(Row row) {
        return new EventDelivery(
                row.getUUID("event_id"),
                row.getString("type"),
                row.getUUID("webhook_id"),
                row.getString("status"),
                row.getInteger("attempts"),
                row.getInteger("code"),
                MessageRow.instant(row, "tried_at"));
    }
}
