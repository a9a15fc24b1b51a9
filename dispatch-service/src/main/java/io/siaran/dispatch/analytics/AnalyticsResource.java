package io.siaran.dispatch.analytics;

import io.siaran.model.UserId;
import io.siaran.rest.Caller;
import io.siaran.rest.FileDownloads;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What became of messages, in groups. */
@Path("/api/v1/analytics")
@RolesAllowed("viewer")
@Tag(name = "analytics", description = "What became of messages, in groups.")
@RunOnVirtualThread
class AnalyticsResource {

    private final FileDownloads files;
    private final Analytics analytics;
    private final Caller caller;

    AnalyticsResource(FileDownloads files, Analytics analytics, Caller caller) {
        this.files = files;
        this.analytics = analytics;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "getAnalytics",
            summary = "What became of messages, by hour, day, device, campaign, sequence, step, niche, kind or reason",
            description =
                    "From counts that are kept as messages change: all of one moment, and in each group should_send is the sum of"
                            + " pending, processing, sent, failed, cancelled and unknown. A message counts on the day that it was planned for,"
                            + " in its own time zone. By reason only what failed or was cancelled is counted. Messages leave"
                            + " after 13 months, their counts stay.")
    public AnalyticsReport report(@BeanParam AnalyticsQuery query) {
        return analytics.report(caller.userId(), query);
    }

    @GET
    @Path("/export")
    @Produces(Csv.TYPE)
    @Operation(
            operationId = "exportAnalytics",
            summary = "The same as CSV",
            description = "Of as many as 50,000 groups and 20 MB, without the rates and the total.")
    @APIResponse(
            responseCode = "200",
            description = "the file",
            content = @Content(mediaType = Csv.TYPE, schema = @Schema(implementation = String.class)))
    public Response export(@BeanParam AnalyticsQuery query) {
        UserId user = caller.userId();
        return files.made(
                "analytics.csv",
                Csv.TYPE,
                Analytics.MOST_BYTES,
                Analytics::tooLong,
                file -> analytics.writeTo(file, user, query));
    }
}
