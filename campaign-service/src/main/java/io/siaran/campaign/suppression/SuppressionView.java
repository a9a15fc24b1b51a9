package io.siaran.campaign.suppression;

import io.siaran.model.PhoneNumber;
import io.siaran.model.WireEnum;
import io.siaran.rest.VersionedByContent;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Somebody who must not be written to, as it is answered. */
@Schema(name = "Suppression")
record SuppressionView(
        @Schema(
                implementation = String.class,
                description = "the person, in international digits",
                example = "60123456789")
        PhoneNumber phone,

        @Schema(description = "why, in words", example = "asked by phone")
        String reason,

        @Schema(
                implementation = String.class,
                enumeration = {"reply", "operator"},
                description = "who said so: the person by a reply, or an operator",
                example = "reply")
        SuppressionStore.SuppressionSource source,

        @Schema(description = "since when", example = "2027-11-20T08:15:30.123456Z")
        Instant since,

        @Schema(description = "when any of it was changed last", example = "2027-11-20T08:15:30.123456Z")
        Instant updatedAt)
        implements VersionedByContent {

    static SuppressionView of(Row row) {
        return new SuppressionView(
                new PhoneNumber(row.getString("phone")),
                row.getString("reason"),
                WireEnum.read(SuppressionStore.SuppressionSource.class, row.getString("source")),
                row.get(OffsetDateTime.class, "decided_at").toInstant(),
                row.get(OffsetDateTime.class, "updated_at").toInstant());
    }
}
