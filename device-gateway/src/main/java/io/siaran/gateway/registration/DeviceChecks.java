package io.siaran.gateway.registration;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.RefusalCause;
import io.siaran.kafka.Outbox;
import io.siaran.model.DeviceId;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * What the platforms say of the devices. For virtual threads. It writes the devices by
 * sets, beside Hibernate: ten thousand devices that are asked every half a minute would be a thousand statements a second
 * one by one.
 */
@ApplicationScoped
public class DeviceChecks {

    private static final String SEEN = Sql.load(DeviceChecks.class, "seen.sql");
    private static final String LOCK = Sql.load(DeviceChecks.class, "lock-observed.sql");
    private static final String WRITE = Sql.load(DeviceChecks.class, "write-observed.sql");

    private static final String TELLS = Sql.load(DeviceChecks.class, "tells.sql");

    private final Database database;
    private final Outbox outbox;
    private final Clock clock;

    DeviceChecks(Database database, Outbox outbox, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * What a platform said of a device when it was asked.
     *
     * @param version of the device that the platform was asked about
     */
    public record Observation(DeviceId id, long version, Health health) {}

    /** One observation, as {@link #observed(Collection)}. */
    public void observed(DeviceId id, long version, Health health) {
        observed(List.of(new Observation(id, version, health)));
    }

    /**
     * Moves the devices as their platforms say, a few statements however many. An observation that changes nothing writes no
     * snapshot. An observation of an older version is ignored, and the platform is asked again at once.
     */
    public void observed(Collection<Observation> observations) {
        Map<DeviceId, Observation> open = new HashMap<>();
        observations.forEach(each -> open.put(each.id(), each));
        asUsual(open.values()).forEach(open::remove);
        if (!open.isEmpty()) {
            change(open.keySet(), (row, version) -> {
                Observation observation = open.get(row.id());
                return observation.version() == version ? row.observed(observation.health(), now()) : row.askedAtOnce();
            });
        }
    }

    /**
     * Its platform refused a call of the device: it is held for that time at least, whatever checks say meanwhile.
     *
     * @param version of the device that called
     */
    public void refused(DeviceId id, long version, RefusalCause cause, String reason, Duration time) {
        change(
                Set.of(id),
                (row, current) -> current == version
                        ? row.to(row.state().refused(cause, reason, now().plus(time), now()))
                        : row.askedAtOnce());
    }

    /** That its connection is another, as {@link #told(List)}, where it is not its platform that tells it by itself. */
    public void told(DeviceId id, Health health) {
        told(Map.of(id, List.of(health)));
    }

    /** What a platform told of a device's connection by itself. */
    public record News(DeviceId id, Health health) {}

    /**
     * Platforms told of their devices' connections by themselves, in this order; a few statements however many, all or none. News may
     * come late and in any order: that it is disconnected is believed at once, since that stops it, that it connected lifts a
     * hold that connecting can cure, and either is a reason to ask soon.
     */
    public void told(List<News> news) {
        Map<DeviceId, List<Health>> ofDevices =
                news.stream().collect(groupingBy(News::id, mapping(News::health, toList())));
        database.run(TELLS, (Object) new Columns<>(ofDevices.keySet()).uuids(DeviceId::value));
        told(ofDevices);
    }

    private void told(Map<DeviceId, List<Health>> ofDevices) {
        change(ofDevices.keySet(), (row, _) -> {
            DeviceState state = row.state();
            for (Health health : ofDevices.get(row.id())) {
                state = health instanceof Health.Connected ? state.reconnected(now()) : state.observed(health, now());
            }
            return row.to(state).askedSoon();
        });
    }

    /** What is as it was, which nearly all are, by one statement; answers which. */
    private Set<DeviceId> asUsual(Collection<Observation> observations) {
        Columns<Observation> connected = new Columns<>(observations.stream()
                .filter(each -> each.health() instanceof Health.Connected)
                .toList());
        return connected.rows().isEmpty()
                ? Set.of()
                : new HashSet<>(ids(database.run(
                        SEEN, connected.uuids(each -> each.id().value()), connected.longs(Observation::version))));
    }

    private interface Change {

        /** @param version of the device in its row */
        ObservedRow of(ObservedRow row, long version);
    }

    private void change(Set<DeviceId> ids, Change change) {
        boolean moved = database.inTransaction(tx -> change(tx, ids, change));
        if (moved) {
            outbox.wake();
        }
    }

    private static boolean change(Tx tx, Set<DeviceId> ids, Change change) {
        UUID[] asked = ids.stream().map(DeviceId::value).toArray(UUID[]::new);
        List<ObservedRow> after = new ArrayList<>();
        for (Row row : tx.run(LOCK, (Object) asked)) {
            after.add(change.of(ObservedRow.of(row), row.getLong("version")));
        }
        write(tx, after);
        return after.stream().anyMatch(ObservedRow::moved);
    }

    private static void write(Tx tx, List<ObservedRow> rows) {
        Columns<ObservedRow> columns = new Columns<>(rows);
        tx.run(
                WRITE,
                columns.uuids(row -> row.id().value()),
                columns.wires(row -> row.state().condition()),
                columns.wires(row -> row.state().status()),
                columns.times(row -> row.state().since()),
                columns.texts(row -> row.state().reason()),
                columns.times(row -> row.state().heldUntil()),
                columns.wires(row -> row.state().cause()),
                columns.integers(ObservedRow::failedChecks),
                columns.times(ObservedRow::unreachableSince),
                columns.times(ObservedRow::lastSeen),
                columns.times(ObservedRow::notBefore),
                columns.integers(ObservedRow::askAfterSeconds),
                columns.booleans(ObservedRow::moved));
    }

    private static List<DeviceId> ids(Iterable<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new DeviceId(row.getUUID("id")))
                .toList();
    }

    /** As precise as the database keeps it, so that a state is the same before and after. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
