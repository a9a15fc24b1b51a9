package io.siaran.dispatch.event;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An event as it is told, by the stream and to webhooks alike. */
@Schema(name = "Event")
public record EventView(
        @Schema(
                description = "the same however often it is told, also the webhook-id of its deliveries",
                example = "01936f2e-0000-7000-8000-0000000000f1")
        UUID id,

        @Schema(description = "what happened", example = "message.sent")
        String type,

        @Schema(description = "when it happened", example = "2026-11-28T02:00:09.123456Z")
        Instant timestamp,

        @Schema(
                description =
                        "what it is about: the id of the message, campaign or device, the lead of a sequence.*, the phone of"
                                + " lead.opted_out and message.received",
                example = "01936f2e-0000-8000-8000-000000000001")
        String subject,

        @Schema(
                description =
                        "rises with each event of the user, not always by one; of two of one subject the higher is the later",
                example = "4711")
        long sequence,

        @Schema(
                description = "the subject as it was then; what does not apply is left out",
                type = SchemaType.OBJECT,
                example = "{\"message_id\": \"01936f2e-0000-8000-8000-000000000001\", \"status\": \"sent\"}")
        @JsonRawValue
        String data) {

    /** Of a row with the columns of {@code events}. */
    public static EventView of(Row row) {
        return new EventView(
                row.getUUID("id"),
                row.getString("type"),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("subject"),
                row.getLong("position"),
                row.getString("data"));
    }
}
