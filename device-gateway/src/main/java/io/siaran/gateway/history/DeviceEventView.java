package io.siaran.gateway.history;

import io.siaran.model.DeviceStatus;
import io.siaran.model.WireEnum;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One thing that became of a device. */
@Schema(description = "One thing that became of a device, and why.")
record DeviceEventView(
        @Schema(required = true, description = "Its number; later events have higher ones.", example = "4711")
        long id,

        @Schema(
                required = true,
                description =
                        "What it is about: registered, condition (its condition, the reason or held_until"
                                + " changed), unreachable (its platform could not be asked three times in a row), reachable, deleted.",
                example = "condition")
        DeviceEventKind kind,

        @Schema(required = true, description = "The device's status from then on.", example = "offline")
        DeviceStatus status,

        @Schema(
                required = true,
                enumeration = {"unchecked", "online", "disconnected", "refused", "restricted", "banned", "paused"},
                description = "The device's condition from then on.",
                example = "restricted")
        String condition,

        @Schema(required = true, description = "Since when it was so.", example = "2026-11-27T01:00:00Z")
        Instant since,

        @Schema(
                required = true,
                description = "Why, in words.",
                example = "WhatsApp lets it write to nobody new for a time")
        String reason,

        @Schema(
                required = true,
                nullable = true,
                description = "Until when it is held at least, where a call was refused.",
                example = "2026-11-27T07:00:00Z")
        Instant heldUntil,

        @Schema(required = true, description = "When it was written down.", example = "2026-11-27T01:00:00Z")
        Instant at) {

    static DeviceEventView of(Row row) {
        OffsetDateTime held = row.getOffsetDateTime("held_until");
        return new DeviceEventView(
                row.getLong("id"),
                WireEnum.read(DeviceEventKind.class, row.getString("kind")),
                WireEnum.read(DeviceStatus.class, row.getString("status")),
                row.getString("condition"),
                row.getOffsetDateTime("since").toInstant(),
                row.getString("reason"),
                held == null ? null : held.toInstant(),
                row.getOffsetDateTime("at").toInstant());
    }
}
