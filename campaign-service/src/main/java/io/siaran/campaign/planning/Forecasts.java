package io.siaran.campaign.planning;

import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.UserId;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** When devices have sent their shares of a campaign, by their paces, caps and hours and what is queued on them. Blocks. */
@ApplicationScoped
public class Forecasts {

    private static final String DEVICES = Sql.load(Forecasts.class, "preview-devices.sql");

    private final Database database;

    Forecasts(Database database) {
        this.database = database;
    }

    /** When the last message is sent of a campaign whose audience was published to these devices. */
    public Instant expectedEnd(Campaign campaign, Map<DeviceId, Long> published, Instant now) {
        Instant begin = campaign.scheduledAt().isBefore(now) ? now : campaign.scheduledAt();
        return shares(campaign.userId(), campaign.terms(), published, campaign.id()).stream()
                .map(share -> share.forecast().end(begin))
                .max(Comparator.naturalOrder())
                .orElse(begin);
    }

    /** @param stored the campaign itself, whose own messages are not in its way; null for a draft */
    List<DeviceShare> shares(UserId user, CampaignTerms terms, Map<DeviceId, Long> leads, CampaignId stored) {
        Map<DeviceId, Row> known = new HashMap<>();
        UUID[] ids = leads.keySet().stream().map(DeviceId::value).toArray(UUID[]::new);
        database.run(DEVICES, user.value(), ids, stored == null ? null : stored.value())
                .forEach(row -> known.put(new DeviceId(row.getUUID("id")), row));
        return leads.entrySet().stream()
                .map(each -> DeviceShare.of(terms, each.getKey(), each.getValue(), known.get(each.getKey())))
                .toList();
    }
}
