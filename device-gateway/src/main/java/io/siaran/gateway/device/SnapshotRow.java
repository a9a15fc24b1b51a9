package io.siaran.gateway.device;

import io.siaran.model.AntiSpamProfile;
import io.siaran.model.DeviceId;
import io.siaran.model.DeviceSnapshot;
import io.siaran.model.DeviceStatus;
import io.siaran.model.PhoneNumber;
import io.siaran.model.UnknownPolicy;
import io.siaran.model.UserId;
import io.siaran.model.Wire;
import io.vertx.mutiny.sqlclient.Row;
import java.time.ZoneId;

/** What {@link Device#snapshot} says, of a row that no session holds. Pure. */
final class SnapshotRow {

    private SnapshotRow() {}

    static DeviceSnapshot read(Row row) {
        String phone = row.getString("phone");
        return new DeviceSnapshot(
                new DeviceId(row.getUUID("id")),
                new UserId(row.getString("user_id")),
                row.getString("name"),
                phone == null ? null : new PhoneNumber(phone),
                row.getString("platform"),
                Wire.read(DeviceStatus.class, row.getString("status")),
                row.getOffsetDateTime("status_since").toInstant(),
                row.getString("status_reason"),
                row.getInteger("min_delay"),
                row.getInteger("max_delay"),
                Wire.read(AntiSpamProfile.class, row.getString("anti_spam")),
                ZoneId.of(row.getString("time_zone")),
                row.getLong("version"),
                row.getBoolean("deleted"),
                Wire.read(UnknownPolicy.class, row.getString("unknown_policy")),
                row.getInteger("hourly_cap"),
                row.getInteger("daily_cap"));
    }
}
