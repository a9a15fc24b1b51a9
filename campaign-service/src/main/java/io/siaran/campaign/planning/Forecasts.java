package io.siaran.campaign.planning;

import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.UserId;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** When devices have sent their shares of a campaign, by their paces, caps and hours and what is queued on them. Blocks. */
@ApplicationScoped
public class Forecasts {

    private static final String DEVICES = Sql.load(Forecasts.class, "preview-devices.sql");

    private final Database database;
    private final Duration callTime;

    Forecasts(Database database, ForecastConfig config) {
        this.database = database;
        this.callTime = config.callTime();
    }

    /** When the last message is sent of a campaign of which these devices have so many left to send. */
    public Instant expectedEnd(Campaign campaign, Map<DeviceId, Long> left, Instant now) {
        Instant begin = campaign.scheduledAt().isBefore(now) ? now : campaign.scheduledAt();
        return database
                .inTransaction(
                        tx -> shares(tx, campaign.userId(), campaign.terms(), left, campaign.id(), Optional.empty()))
                .stream()
                .map(share -> share.forecast().end(begin))
                .max(Comparator.naturalOrder())
                .orElse(begin);
    }

    /**
     * @param stored the campaign itself, whose own messages are not in its way; null for a draft
     * @param queued what else waits on each device, where that is known; else what other campaigns have queued counts
     */
    List<DeviceShare> shares(
            Tx tx,
            UserId user,
            CampaignTerms terms,
            Map<DeviceId, Long> leads,
            CampaignId stored,
            Optional<Map<DeviceId, Long>> queued) {
        Map<DeviceId, Row> known = new HashMap<>();
        UUID[] ids = leads.keySet().stream().map(DeviceId::value).toArray(UUID[]::new);
        tx.run(DEVICES, user.value(), ids, stored == null ? null : stored.value())
                .forEach(row -> known.put(new DeviceId(row.getUUID("id")), row));
        return leads.entrySet().stream()
                .map(each -> {
                    Row row = known.get(each.getKey());
                    long before = queued.map(told -> told.getOrDefault(each.getKey(), 0L))
                            .orElseGet(() -> row == null ? 0L : row.getLong("queued"));
                    return DeviceShare.of(terms, each.getKey(), each.getValue(), before, row, callTime);
                })
                .toList();
    }
}
