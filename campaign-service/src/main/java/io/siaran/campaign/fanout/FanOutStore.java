package io.siaran.campaign.fanout;

import io.siaran.campaign.planning.AudienceLead;
import io.siaran.campaign.planning.AudienceRow;
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.sql.Columns;
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
    private static final String PUT_OFF = Sql.load(FanOutStore.class, "put-off.sql");
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

    /** Whether to go on: false when another holds the fan-out by now, or an operator stopped the campaign. */
    boolean advance(Leased leased, FanOutPage page) {
        Columns<PageCount> counts = new Columns<>(PageCount.byDevice(page.leads()));
        Columns<AudienceLead> reached = new Columns<>(
                page.leads().stream().filter(lead -> !lead.skipped()).toList());
        Columns<AudienceRow.Unreadable> rejects = new Columns<>(page.rejects());
        var answer = database.run(
                ADVANCE,
                leased.campaign().value(),
                leased.run(),
                leased.lease(),
                page.last().value(),
                (long) page.messages().size(),
                config.lease().toMillis(),
                counts.uuids(count -> count.device().value()),
                counts.longs(PageCount::published),
                counts.longs(PageCount::skipped),
                reached.uuids(lead -> lead.leadId().value()),
                reached.texts(lead -> lead.phone().digits()),
                rejects.uuids(reject -> reject.leadId().value()),
                rejects.texts(AudienceRow.Unreadable::reason));
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

    /** Tries this one again later, each time after twice as long; the others go on meanwhile. */
    void putOff(Leased leased) {
        database.run(PUT_OFF, leased.campaign().value(), leased.run(), leased.lease());
    }

    /** How many fan-outs begin again because too little of them was stored. */
    int repeatLost() {
        return database.run(REPEAT, config.repeatAfter().toMillis()).rowCount();
    }

    private static Stream<Row> rows(Iterable<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }

    private record PageCount(DeviceId device, long published, long skipped) {

        static List<PageCount> byDevice(List<AudienceLead> page) {
            return page.stream().collect(Collectors.groupingBy(AudienceLead::deviceId)).entrySet().stream()
                    .map(device -> of(device.getKey(), device.getValue()))
                    .toList();
        }

        private static PageCount of(DeviceId device, List<AudienceLead> leads) {
            long skipped = leads.stream().filter(AudienceLead::skipped).count();
            return new PageCount(device, leads.size() - skipped, skipped);
        }
    }
}
