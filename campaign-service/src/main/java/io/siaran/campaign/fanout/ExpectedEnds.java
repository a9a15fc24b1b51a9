package io.siaran.campaign.fanout;

import io.siaran.campaign.planning.Campaign;
import io.siaran.campaign.planning.Forecasts;
import io.siaran.model.DeviceId;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** What is expected of a run once its audience is published, for the report to stand beside what happens. */
@ApplicationScoped
class ExpectedEnds {

    private static final String LEFT = Sql.load(ExpectedEnds.class, "left-to-send.sql");

    /** A repetition expects nothing anew. */
    private static final String EXPECT =
            "UPDATE fanouts SET expected_end = $3 WHERE campaign_id = $1 AND run = $2 AND expected_end IS NULL";

    private final Database database;
    private final Forecasts forecasts;
    private final Clock clock;

    ExpectedEnds(Database database, Forecasts forecasts, Clock clock) {
        this.database = database;
        this.forecasts = forecasts;
        this.clock = clock;
    }

    void note(Leased leased, Campaign campaign) {
        Map<DeviceId, Long> left = new HashMap<>();
        for (Row row : database.run(LEFT, leased.campaign().value(), leased.run())) {
            left.put(new DeviceId(row.getUUID("device_id")), row.getLong("messages"));
        }
        Instant end = forecasts.expectedEnd(campaign, left, clock.instant());
        database.run(EXPECT, leased.campaign().value(), leased.run(), end.atOffset(ZoneOffset.UTC));
    }
}
