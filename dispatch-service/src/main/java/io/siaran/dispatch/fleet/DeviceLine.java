package io.siaran.dispatch.fleet;

import io.siaran.dispatch.message.WaitingFor;
import io.siaran.model.DelayRange;
import io.siaran.model.DeviceId;
import io.siaran.model.DeviceStatus;
import io.siaran.model.WireEnum;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What one device has to do, as REST answers it. */
public record DeviceLine(
        @Schema(description = "the device", example = "01936f2e-0000-7000-8000-0000000000d1")
        DeviceId deviceId,

        @Schema(description = "as its owner named it", nullable = true, example = "Merah")
        String name,

        @Schema(description = "whether it is connected", example = "online")
        DeviceStatus status,

        @Schema(
                description = "messages that wait, those of paused plans among them; up to a second old",
                example = "120")
        long backlog,

        @Schema(description = "messages released to the gateway and not settled", example = "4")
        int inFlight,

        @Schema(
                description =
                        "when the first of those that wait is due, or was; null when none is but for paused plans",
                nullable = true,
                example = "2026-11-28T02:00:00Z")
        Instant nextDue,

        @Schema(
                description = "the gateway said: not before; null when it may speak",
                nullable = true,
                example = "2026-11-28T03:00:00Z")
        Instant heldUntil,

        @Schema(description = "why it is held: what its messages wait for", nullable = true, example = "quiet_hours")
        WaitingFor holdReason,

        @Schema(
                description =
                        "when all is sent at the earliest, at the device's own delays and caps and if nothing is added;"
                                + " null when nothing waits, and while the device is not online, held or stopped",
                nullable = true,
                example = "2026-11-28T02:40:00Z")
        Instant expectedEmpty) {

    static DeviceLine of(Row row, boolean stopped) {
        DeviceStatus status = WireEnum.read(DeviceStatus.class, row.getString("status"));
        Instant now = instant(row, "now");
        Instant heldUntil = Optional.ofNullable(instant(row, "held_until"))
                .filter(until -> until.isAfter(now))
                .orElse(null);
        boolean speaks = status == DeviceStatus.ONLINE && heldUntil == null && !stopped;
        return new DeviceLine(
                new DeviceId(row.getUUID("device_id")),
                row.getString("name"),
                status,
                row.getLong("backlog"),
                row.getInteger("in_flight"),
                instant(row, "next_due"),
                heldUntil,
                heldUntil == null ? null : WireEnum.read(WaitingFor.class, row.getString("hold_reason")),
                speaks ? expectedEmpty(row, now) : null);
    }

    private static Instant expectedEmpty(Row row, Instant now) {
        long messages = row.getLong("backlog") + row.getInteger("in_flight");
        if (messages == 0) {
            return null;
        }
        Instant said = now.plus(pace(row).toSay(messages));
        Instant lastDue = instant(row, "last_due");
        return lastDue != null && lastDue.isAfter(said) ? lastDue : said;
    }

    private static Pace pace(Row row) {
        DelayRange delay = row.getInteger("min_delay") == null || row.getInteger("max_delay") == null
                ? DelayRange.DEFAULT
                : new DelayRange(row.getInteger("min_delay"), row.getInteger("max_delay"));
        return new Pace(delay, row.getInteger("hourly_cap"), row.getInteger("daily_cap"));
    }

    private static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column) == null
                ? null
                : row.getOffsetDateTime(column).toInstant();
    }
}
