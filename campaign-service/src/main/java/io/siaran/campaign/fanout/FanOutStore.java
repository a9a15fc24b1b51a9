package io.siaran.campaign.fanout;

import io.siaran.campaign.fanout.Acknowledged.LeftOutOn;
import io.siaran.campaign.planning.AudienceRow;
import io.siaran.campaign.planning.Exclusion;
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The tables of fan-outs: who works on which, and how far it came. Several replicas share them. */
@ApplicationScoped
class FanOutStore {

    static final String OPEN = Sql.load(FanOutStore.class, "open.sql");
    static final String LEASE = Sql.load(FanOutStore.class, "lease.sql");
    private static final String ADVANCE = Sql.load(FanOutStore.class, "advance.sql");
    private static final String END = Sql.load(FanOutStore.class, "end.sql");
    private static final String RELEASE = Sql.load(FanOutStore.class, "release.sql");
    private static final String PUT_OFF = Sql.load(FanOutStore.class, "put-off.sql");
    private static final String END_UNWANTED = Sql.load(FanOutStore.class, "end-unwanted.sql");
    private static final String PHONE_CHANGES = "SELECT p.changes FROM campaigns c"
            + " JOIN phone_changes p ON p.user_id = c.user_id"
            + " JOIN fanouts f ON f.campaign_id = c.id AND f.run = c.run AND f.lease = $3"
            + " WHERE c.id = $1 AND c.run = $2 AND c.status = 'triggered'";
    private static final String LEFT_OUT_OFFLINE =
            "SELECT device_id FROM fanout_exclusions WHERE campaign_id = $1 AND run = $2 AND reason = $3";
    private static final String SHORT = Sql.load(FanOutStore.class, "short.sql");
    static final String REPEAT = Sql.load(FanOutStore.class, "repeat.sql");

    private final Database database;
    private final FanOutConfig config;

    FanOutStore(Database database, FanOutConfig config) {
        this.database = database;
        this.config = config;
    }

    /** A fan-out to work on, or empty when there is none left. */
    Optional<Leased> lease() {
        Optional<Leased> open = leaseOpen();
        // Those that have none yet are looked for last: with thousands due at once the look is the dearer of the two.
        return open.isEmpty() && open() > 0 ? leaseOpen() : open;
    }

    /** How many runs came into the line, each to be published in its turn. */
    int open() {
        return database.run(OPEN).rowCount();
    }

    private Optional<Leased> leaseOpen() {
        UUID lease = UUID.randomUUID();
        return rows(database.run(LEASE, lease, config.lease().toMillis()))
                .map(row -> new Leased(
                        new CampaignId(row.getUUID("campaign_id")),
                        row.getInteger("run"),
                        lease,
                        LeadId.orNull(row.getUUID("cursor")),
                        row.get(OffsetDateTime.class, "started_at").toInstant(),
                        row.getBoolean("repeated")))
                .findFirst();
    }

    /**
     * How often leads of the campaign's user got another phone so far; asked before a page is read. Empty when
     * the run is not the current one any more, was stopped, or is another's by now: nobody wants its next page from this one.
     */
    OptionalLong phoneChanges(Leased leased) {
        return rows(database.run(PHONE_CHANGES, leased.campaign().value(), leased.run(), leased.lease()))
                .mapToLong(row -> row.getLong("changes"))
                .findFirst();
    }

    /** Devices of which the run has left leads out since they were not online. */
    Set<DeviceId> leftOutOffline(Leased leased) {
        return rows(database.run(
                        LEFT_OUT_OFFLINE, leased.campaign().value(), leased.run(), Exclusion.DEVICE_OFFLINE.wire()))
                .map(row -> new DeviceId(row.getUUID("device_id")))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether to go on: false when another holds the fan-out by now, or an operator stopped the campaign. */
    boolean advance(Leased leased, Acknowledged pages) {
        Columns<Map.Entry<DeviceId, Long>> counts =
                new Columns<>(pages.published().entrySet());
        Columns<Map.Entry<LeftOutOn, Long>> leftOut =
                new Columns<>(pages.leftOut().entrySet());
        Columns<AudienceRow.Unreadable> rejects = new Columns<>(pages.rejects());
        var answer = database.run(
                ADVANCE,
                leased.campaign().value(),
                leased.run(),
                leased.lease(),
                pages.last().value(),
                pages.messages(),
                config.lease().toMillis(),
                counts.uuids(count -> count.getKey().value()),
                counts.longs(Map.Entry::getValue),
                leftOut.uuids(count -> count.getKey().device().value()),
                leftOut.wires(count -> count.getKey().reason()),
                leftOut.longs(Map.Entry::getValue),
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

    /** How many fan-outs end because nobody wants the rest of them. */
    int endUnwanted() {
        return database.run(END_UNWANTED).rowCount();
    }

    /** How many fan-outs begin again because too little of them was stored, and nothing more comes. */
    int repeatLost() {
        return database.run(REPEAT, config.repeatAfter().toMillis(), config.repeatAtMost())
                .rowCount();
    }

    Short isShort() {
        return rows(database.run(SHORT, config.repeatAfter().toMillis(), config.repeatAtMost()))
                .map(row -> new Short(row.getLong("short"), row.getLong("given_up")))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Row> rows(Iterable<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }

    /**
     * Runs of which less is stored than was published.
     *
     * @param givenUp those of them that were repeated as often as they may be
     */
    record Short(long runs, long givenUp) {}
}
