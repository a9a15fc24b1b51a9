package io.siaran.campaign.fanout;

import io.siaran.campaign.planning.Recipient;
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The tables of fan-outs: who works on which, and how far it came. Several replicas share them. */
@ApplicationScoped
class FanOutStore {

    private static final String OPEN = Sql.load(FanOutStore.class, "open.sql");
    private static final String LEASE = Sql.load(FanOutStore.class, "lease.sql");
    private static final String ADVANCE = Sql.load(FanOutStore.class, "advance.sql");
    private static final String END = Sql.load(FanOutStore.class, "end.sql");
    private static final String RELEASE = Sql.load(FanOutStore.class, "release.sql");
    private static final String REPEAT = Sql.load(FanOutStore.class, "repeat.sql");

    private final Database database;
    private final FanOutConfig config;

    FanOutStore(Database database, FanOutConfig config) {
        this.database = database;
        this.config = config;
    }

    /** A fan-out to work on, or empty when there is none left. */
    Optional<Leased> lease() {
        database.run(OPEN);
        UUID lease = UUID.randomUUID();
        return rows(database.run(LEASE, lease, config.lease().toMillis()))
                .map(row -> new Leased(
                        new CampaignId(row.getUUID("campaign_id")),
                        row.getInteger("run"),
                        lease,
                        LeadId.orNull(row.getUUID("cursor"))))
                .findFirst();
    }

    /** Whether to go on: false when another holds the fan-out by now, or a person stopped the campaign. */
    boolean advance(Leased leased, List<Recipient> page) {
        List<PageCount> counts = PageCount.byDevice(page);
        List<Recipient> reached =
                page.stream().filter(recipient -> !recipient.skipped()).toList();
        var answer = database.run(
                ADVANCE,
                leased.campaign().value(),
                leased.run(),
                leased.lease(),
                page.getLast().leadId().value(),
                counts.stream().mapToLong(PageCount::published).sum(),
                config.lease().toMillis(),
                counts.stream().map(count -> count.device().value()).toArray(UUID[]::new),
                counts.stream().map(PageCount::published).toArray(Long[]::new),
                counts.stream().map(PageCount::skipped).toArray(Long[]::new),
                reached.stream().map(recipient -> recipient.leadId().value()).toArray(UUID[]::new),
                reached.stream().map(recipient -> recipient.phone().digits()).toArray(String[]::new));
        return rows(answer).anyMatch(row -> row.getBoolean("wanted"));
    }

    /** How many were published in all; empty when another holds the fan-out by now. */
    OptionalLong end(Leased leased) {
        return rows(database.run(END, leased.campaign().value(), leased.run(), leased.lease()))
                .mapToLong(row -> row.getLong("published"))
                .findFirst();
    }

    void release(Leased leased) {
        database.run(RELEASE, leased.campaign().value(), leased.run(), leased.lease());
    }

    /** How many fan-outs begin again because too little of them was stored. */
    int repeatLost() {
        return database.run(REPEAT, config.repeatAfter().toMillis()).rowCount();
    }

    private static Stream<Row> rows(Iterable<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }

    private record PageCount(DeviceId device, long published, long skipped) {

        static List<PageCount> byDevice(List<Recipient> page) {
            return page.stream().collect(Collectors.groupingBy(Recipient::deviceId)).entrySet().stream()
                    .map(device -> of(device.getKey(), device.getValue()))
                    .toList();
        }

        private static PageCount of(DeviceId device, List<Recipient> recipients) {
            long skipped = recipients.stream().filter(Recipient::skipped).count();
            return new PageCount(device, recipients.size() - skipped, skipped);
        }
    }
}
