package io.siaran.campaign.planning;

import io.siaran.model.WireEnum;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One thing that was done with a campaign, as it is answered. */
@Schema(name = "CampaignEvent")
record CampaignEventView(
        @Schema(description = "in the order in which they were done", example = "42")
        long id,

        @Schema(description = "the run that it was", example = "1")
        int run,

        @Schema(
                implementation = String.class,
                enumeration = {
                    "created",
                    "edited",
                    "planned_anew",
                    "triggered",
                    "paused",
                    "resumed",
                    "cancelled",
                    "completed",
                    "failed",
                    "archived",
                    "unarchived",
                    "deleted"
                },
                description = "what was done",
                example = "paused")
        CampaignEvent event,

        @Schema(
                description = "who did it: the subject of the token; null where the clock or its messages did",
                example = "user-7",
                nullable = true)
        String actor,

        @Schema(description = "when", example = "2027-11-26T02:00:00.123456Z")
        Instant at) {

    static CampaignEventView of(Row row) {
        return new CampaignEventView(
                row.getLong("id"),
                row.getInteger("run"),
                WireEnum.read(CampaignEvent.class, row.getString("event")),
                row.getString("actor"),
                row.get(OffsetDateTime.class, "at").toInstant());
    }
}
