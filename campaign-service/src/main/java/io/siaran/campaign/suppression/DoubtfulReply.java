package io.siaran.campaign.suppression;

import io.siaran.model.DeviceId;
import io.siaran.model.PhoneNumber;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A reply that may ask for an end of messages: an operator decides. */
@Schema(name = "DoubtfulReply")
record DoubtfulReply(
        @Schema(description = "the reply", example = "01936f2e-0000-7000-8000-0000000000b2")
        UUID id,

        @Schema(
                implementation = String.class,
                format = "uuid",
                description = "the device that was written to",
                example = "01936f2e-0000-7000-8000-0000000000d1")
        DeviceId deviceId,

        @Schema(
                implementation = String.class,
                description = "who wrote, in international digits",
                example = "60123456789")
        PhoneNumber phone,

        @Schema(description = "what was written", example = "STOP 12345")
        String text,

        @Schema(description = "when it was written", example = "2027-11-20T08:15:30Z")
        Instant writtenAt) {

    static DoubtfulReply of(Row row) {
        return new DoubtfulReply(
                row.getUUID("id"),
                new DeviceId(row.getUUID("device_id")),
                new PhoneNumber(row.getString("phone")),
                row.getString("text"),
                row.get(OffsetDateTime.class, "written_at").toInstant());
    }
}
