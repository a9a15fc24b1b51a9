package io.siaran.campaign.progress;

import io.siaran.campaign.planning.CampaignStatus;
import io.siaran.campaign.planning.Exclusion;
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.Wire;
import io.siaran.rest.Caller;
import io.siaran.rest.Refusal;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** {@code /api/v1/campaigns/{id}/report}. */
@Path("/api/v1/campaigns/{id}/report")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "campaigns")
class ReportResource {

    private static final String OWNED =
            "SELECT run, status FROM campaigns WHERE id = $1 AND user_id = $2 AND NOT deleted";
    private static final String REPORT = Sql.load(ReportResource.class, "report.sql");
    private static final String EXCLUSIONS = Sql.load(ReportResource.class, "exclusions.sql");

    private final Database database;
    private final Caller caller;

    ReportResource(Database database, Caller caller) {
        this.database = database;
        this.caller = caller;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(
            operationId = "reportCampaign",
            summary = "What became of the campaign's current run, in all and on each device")
    public Report report(@RestPath("id") CampaignId id) {
        Row campaign = rows(database.run(OWNED, id.value(), caller.userId().value()))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("campaign", id));
        int run = campaign.getInteger("run");
        CampaignStatus status = Wire.read(CampaignStatus.class, campaign.getString("status"));
        List<Report.DeviceReport> devices = rows(database.run(REPORT, id.value(), run))
                .map(ReportResource::device)
                .toList();
        return Report.of(id, run, status, leftOut(id, run), devices);
    }

    private List<Report.LeftOut> leftOut(CampaignId campaign, int run) {
        return rows(database.run(EXCLUSIONS, campaign.value(), run))
                .map(row ->
                        new Report.LeftOut(Wire.read(Exclusion.class, row.getString("reason")), row.getLong("leads")))
                .toList();
    }

    private static Report.DeviceReport device(Row row) {
        Report.Counts counts = new Report.Counts(
                row.getLong("should_send"),
                row.getLong("skipped"),
                row.getLong("pending"),
                row.getLong("processing"),
                row.getLong("sent"),
                row.getLong("delivered"),
                row.getLong("read"),
                row.getLong("failed"),
                row.getLong("cancelled"),
                row.getLong("unknown"));
        return new Report.DeviceReport(new DeviceId(row.getUUID("device_id")), counts);
    }

    private static Stream<Row> rows(Iterable<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }
}
