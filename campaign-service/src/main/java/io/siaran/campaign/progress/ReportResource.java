package io.siaran.campaign.progress;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.siaran.campaign.CsvDownloads;
import io.siaran.model.CampaignId;
import io.siaran.model.UserId;
import io.siaran.rest.Caller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** {@code /api/v1/campaigns/{id}/report}. */
@Path("/api/v1/campaigns/{id}/report")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "campaigns", description = "One text to many people at one time.")
class ReportResource {

    private final CsvDownloads files;
    private final Reports reports;
    private final Caller caller;

    ReportResource(CsvDownloads files, Reports reports, Caller caller) {
        this.files = files;
        this.reports = reports;
        this.caller = caller;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(operationId = "reportCampaign", summary = "What became of a campaign's run, in all and on each device")
    public Report report(
            @RestPath("id") CampaignId id,
            @Min(1) @Parameter(description = "an earlier run; absent: the latest") @RestQuery("run") Integer run) {
        return reports.read(caller.userId(), id, run);
    }

    @GET
    @Path("/export")
    @Produces(CsvDownloads.TYPE)
    @RolesAllowed("viewer")
    @Operation(
            operationId = "exportCampaignReport",
            summary = "The counts of a campaign's run on each device, as CSV",
            description = "The last line has the sums; its device is called total.")
    @APIResponse(
            responseCode = "200",
            description = "the file",
            content = @Content(mediaType = CsvDownloads.TYPE, schema = @Schema(implementation = String.class)))
    public Response export(
            @RestPath("id") CampaignId id,
            @Min(1) @Parameter(description = "an earlier run; absent: the latest") @RestQuery("run") Integer run) {
        UserId user = caller.userId();
        return files.of("report.csv", () -> {
            Report report = reports.read(user, id, run);
            return out -> write(report, out);
        });
    }

    private static void write(Report report, CsvWriter out) {
        out.writeRecord(ReportCounts.columns("device_id"));
        report.devices()
                .forEach(device ->
                        out.writeRecord(device.counts().cells(device.deviceId().toString())));
        out.writeRecord(report.totals().cells("total"));
    }
}
