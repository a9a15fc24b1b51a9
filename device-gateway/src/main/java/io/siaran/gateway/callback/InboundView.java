package io.siaran.gateway.callback;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A reply as its user sees it. */
@Schema(description = "A message that a person wrote to one of the user's devices.")
record InboundView(
        @Schema(required = true, description = "Its id.", example = "01936f2e-0000-7000-8000-0000000000b2")
        UUID id,

        @Schema(
                required = true,
                description = "The device that it was written to.",
                example = "01936f2e-0000-7000-8000-0000000000d1")
        UUID deviceId,

        @Schema(
                required = true,
                nullable = true,
                description =
                        "Who wrote, as E.164 digits; null while WhatsApp hides the number and nobody could say whose it is.",
                example = "60123456789")
        String phone,

        @Schema(
                required = true,
                nullable = true,
                description = "What the person calls itself on WhatsApp.",
                example = "Ani")
        String name,

        @Schema(required = true, description = "As the platform calls it.", example = "text")
        String type,

        @Schema(
                required = true,
                description = "The text; empty where it came without words, such as an image without a caption.",
                example = "Berapa harga?")
        String text,

        @Schema(
                required = true,
                description = "When it was written, as the platform says.",
                example = "2026-11-27T01:00:00Z")
        Instant at,

        @Schema(required = true, description = "When the platform told us.", example = "2026-11-27T01:00:01Z")
        Instant receivedAt,

        @Schema(
                required = true,
                nullable = true,
                description = "When an operator said that nothing is left to be done about it; null before.",
                example = "2026-11-27T02:00:00Z")
        Instant handledAt) {

    /** What {@link #of} reads. */
    static final String COLUMNS = "id, device_id, phone, name, type, text, at, received_at, handled_at";

    static InboundView of(Row row) {
        return new InboundView(
                row.getUUID("id"),
                row.getUUID("device_id"),
                row.getString("phone"),
                row.getString("name"),
                row.getString("type"),
                row.getString("text"),
                row.getOffsetDateTime("at").toInstant(),
                row.getOffsetDateTime("received_at").toInstant(),
                Optional.ofNullable(row.getOffsetDateTime("handled_at"))
                        .map(OffsetDateTime::toInstant)
                        .orElse(null));
    }
}
