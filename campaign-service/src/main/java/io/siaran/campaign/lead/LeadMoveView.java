package io.siaran.campaign.lead;

import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Leads that became another device's, as it is answered. */
@Schema(name = "NotedLeadMove")
record LeadMoveView(
        @Schema(description = "in the order in which they were moved", example = "42")
        long id,

        @Schema(
                implementation = String.class,
                format = "uuid",
                description = "the device that they were on",
                example = "01936f2e-0000-7000-8000-0000000000d1")
        DeviceId fromDeviceId,

        @Schema(
                implementation = String.class,
                format = "uuid",
                description = "the device that they are on since",
                example = "01936f2e-0000-7000-8000-0000000000d2")
        DeviceId toDeviceId,

        @Schema(
                implementation = String.class,
                format = "uuid",
                description = "the lead, where one was changed by itself; null: as many as matched",
                example = "01936f2e-0000-7000-8000-0000000000a1",
                nullable = true)
        LeadId leadId,

        @Schema(
                description = "the niche of those that were moved; null: whatever they had",
                example = "ecommerce",
                nullable = true)
        String niche,

        @Schema(description = "how many", example = "1000") long moved,

        @Schema(description = "when", example = "2027-11-26T02:00:00.123456Z")
        Instant movedAt) {

    static LeadMoveView of(Row row) {
        return new LeadMoveView(
                row.getLong("id"),
                new DeviceId(row.getUUID("from_device")),
                new DeviceId(row.getUUID("to_device")),
                LeadId.orNull(row.getUUID("lead_id")),
                row.getString("niche"),
                row.getLong("moved"),
                row.get(OffsetDateTime.class, "moved_at").toInstant());
    }
}
