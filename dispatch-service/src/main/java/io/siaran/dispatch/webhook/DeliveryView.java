package io.siaran.dispatch.webhook;

import io.siaran.model.WireEnum;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of one event for one webhook. */
@Schema(name = "WebhookDelivery")
record DeliveryView(
        @Schema(
                description = "the event, and the webhook-id of each attempt",
                example = "01936f2e-0000-7000-8000-0000000000f1")
        UUID eventId,

        @Schema(description = "of the event", example = "message.sent")
        String type,

        @Schema(description = "what it is about", example = "01936f2e-0000-8000-8000-000000000001")
        String subject,

        @Schema(description = "of the event", example = "4711")
        long sequence,

        @Schema(description = "what became of it so far", example = "delivered")
        DeliveryStatus status,

        @Schema(description = "how often it was tried since it waits", example = "1")
        int attempts,

        @Schema(description = "when it was made", example = "2026-11-28T02:00:09.123456Z")
        Instant createdAt,

        @Schema(description = "when it was tried last", nullable = true, example = "2026-11-28T02:00:09.2Z")
        Instant triedAt,

        @Schema(description = "the status of the last answer; null: there was none", nullable = true, example = "200")
        Integer code,

        @Schema(description = "how long the last attempt took, in milliseconds", nullable = true, example = "42")
        Integer durationMs,

        @Schema(description = "the first kilobyte of the last answer", nullable = true, example = "ok")
        String answer,

        @Schema(description = "why there was no answer, or what went wrong", nullable = true, example = "timeout")
        String error) {

    static DeliveryView of(Row row) {
        return new DeliveryView(
                row.getUUID("event_id"),
                row.getString("type"),
                row.getString("subject"),
                row.getLong("position"),
                WireEnum.read(DeliveryStatus.class, row.getString("status")),
                row.getInteger("attempts"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getValue("tried_at") == null
                        ? null
                        : row.getOffsetDateTime("tried_at").toInstant(),
                row.getInteger("code"),
                row.getInteger("took_ms"),
                row.getString("answer"),
                row.getString("error"));
    }
}
