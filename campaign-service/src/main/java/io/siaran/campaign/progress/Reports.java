package io.siaran.campaign.progress;

import io.siaran.campaign.planning.CampaignStatus;
import io.siaran.campaign.planning.Exclusion;
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.UserId;
import io.siaran.model.WireEnum;
import io.siaran.rest.Refusal;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reads what became of a run. Blocks: for virtual threads. */
@ApplicationScoped
class Reports {

    private static final String OWNED =
            "SELECT c.run, c.planned_run, c.status, CASE WHEN coalesce($3::integer, c.run) = c.run THEN c.completed_at END AS ended_at,"
                    + " (SELECT f.expected_end FROM fanouts f"
                    + " WHERE f.campaign_id = c.id AND f.run = coalesce($3::integer, c.run)) AS expected_end"
                    + " FROM campaigns c WHERE c.id = $1 AND c.user_id = $2 AND NOT c.deleted";
    private static final String REPORT = Sql.load(Reports.class, "report.sql");
    private static final String EXCLUSIONS = Sql.load(Reports.class, "exclusions.sql");
    private static final String VERSIONS = Sql.load(Reports.class, "versions.sql");
    private static final String HOURS = Sql.load(Reports.class, "hours.sql");

    private final Database database;

    Reports(Database database) {
        this.database = database;
    }

    /**
     * @param run null: the latest one
     * @throws Refusal a 404 for a campaign that is not this user's, and for a run that there is not
     */
    Report read(UserId user, CampaignId id, Integer run) {
        Row campaign = rows(OWNED, row -> row, id.value(), user.value(), run).stream()
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("campaign", id));
        int latest = campaign.getInteger("run");
        int asked = run == null ? latest : run;
        if (asked > latest) {
            throw Refusal.notFound("run", asked);
        }
        return Report.of(
                id,
                asked,
                WireEnum.read(CampaignStatus.class, campaign.getString("status")),
                time(campaign, "expected_end"),
                time(campaign, "ended_at"),
                rows(EXCLUSIONS, Reports::leftOut, id.value(), asked),
                rows(HOURS, Reports::hour, id.value(), asked),
                rows(VERSIONS, ReportVersion::of, id.value(), firstVersion(campaign, asked), asked),
                rows(REPORT, Reports::device, id.value(), asked));
    }

    /** Of an earlier plan only the run itself is known. */
    private static int firstVersion(Row campaign, int asked) {
        int planned = campaign.getInteger("planned_run");
        return asked < planned ? asked : planned;
    }

    private static Instant time(Row row, String column) {
        OffsetDateTime time = row.get(OffsetDateTime.class, column);
        return time == null ? null : time.toInstant();
    }

    private static Report.LeftOut leftOut(Row row) {
        return new Report.LeftOut(WireEnum.read(Exclusion.class, row.getString("reason")), row.getLong("leads"));
    }

    private static Report.Hour hour(Row row) {
        return new Report.Hour(
                row.get(OffsetDateTime.class, "hour").toInstant(), row.getLong("sent"), row.getLong("failed"));
    }

    private static Report.DeviceReport device(Row row) {
        ReportCounts counts = new ReportCounts(
                row.getLong("should_send"),
                row.getLong("skipped"),
                row.getLong("pending"),
                row.getLong("processing"),
                row.getLong("sent"),
                row.getLong("delivered"),
                row.getLong("read"),
                row.getLong("replied"),
                row.getLong("failed"),
                row.getLong("cancelled"),
                row.getLong("unknown"),
                EndReason.listed(reasons(row), row.getLong("failed"), row.getLong("cancelled")));
        return new Report.DeviceReport(new DeviceId(row.getUUID("device_id")), counts);
    }

    private static Map<String, Long> reasons(Row row) {
        JsonObject told = row.getJsonObject("reasons");
        return told.fieldNames().stream().collect(Collectors.toMap(Function.identity(), told::getLong));
    }

    private <T> List<T> rows(String sql, Function<Row, T> read, Object... arguments) {
        return StreamSupport.stream(database.run(sql, arguments).spliterator(), false)
                .map(read)
                .toList();
    }
}
