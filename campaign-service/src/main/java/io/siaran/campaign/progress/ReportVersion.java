package io.siaran.campaign.progress;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How many got one text of a campaign. */
@Schema(name = "CampaignVersion")
record ReportVersion(
        @Schema(description = "the run that has the text", example = "2")
        int run,

        @Schema(
                description = "when the text was saved; null where that is not known any more",
                example = "2027-11-26T02:10:00.123456Z",
                nullable = true)
        Instant since,

        @Schema(description = "messages with it that the platform took", example = "490")
        long sent,

        @Schema(description = "messages of those sent that reached the phone", example = "480")
        long delivered,

        @Schema(description = "messages of those sent that were read", example = "210")
        long read,

        @Schema(description = "messages with it of which nobody knows whether they were sent", example = "1")
        long unknown) {

    static ReportVersion of(Row row) {
        OffsetDateTime since = row.get(OffsetDateTime.class, "since");
        return new ReportVersion(
                row.getInteger("run"),
                since == null ? null : since.toInstant(),
                row.getLong("sent"),
                row.getLong("delivered"),
                row.getLong("read"),
                row.getLong("unknown"));
    }
}
