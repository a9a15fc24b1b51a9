package io.siaran.dispatch.queue;

import io.siaran.dispatch.message.WaitingFor;
import io.siaran.model.DeviceId;
import io.siaran.model.MessageState;
import io.siaran.model.UnknownPolicy;
import io.siaran.model.WireEnum;
import io.siaran.sql.Columns;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The devices that have something to do, and what they do next. */
@ApplicationScoped
public class DeviceQueue {

    private static final String DUE = Sql.load(DeviceQueue.class, "due.sql");
    private static final String HOLD = Sql.load(DeviceQueue.class, "hold.sql");
    private static final String LEASE = Sql.load(DeviceQueue.class, "lease.sql");
    private static final String RELEASE = Sql.load(DeviceQueue.class, "release.sql");
    private static final String HINT = Sql.load(DeviceQueue.class, "hint.sql");

    private static final String POSTPONE =
            "UPDATE device_queue SET next_due = statement_timestamp() + interval '1 minute' WHERE device_id ="
                    + " (SELECT device_id FROM device_queue WHERE device_id = $1 AND next_due <= statement_timestamp()"
                    + " FOR UPDATE SKIP LOCKED)";

    private static final String UNKNOWN_POLICIES =
            "SELECT device_id, unknown_policy FROM device_queue WHERE device_id = ANY ($1::uuid[])";

    private final EndUnsent unsent;
    private final MessageMetrics metrics;

    DeviceQueue(EndUnsent unsent, MessageMetrics metrics) {
        this.unsent = unsent;
        this.metrics = metrics;
    }

    /** A device has something to do at a time. */
    public record Due(DeviceId device, Instant at) {}

    /** A device may not speak before a time; any news of it lifts that. */
    public record Hold(DeviceId device, Instant until, WaitingFor reason) {}

    /** What one release did: devices leased, messages released. */
    public record Released(int devices, int messages) {}

    /** Lowers the hints of these devices; the last thing its transaction does, but for {@link #hold}. */
    public void due(Tx tx, List<Due> dues) {
        if (!dues.isEmpty()) {
            var columns = new Columns<>(dues);
            tx.run(DUE, columns.uuids(due -> due.device().value()), columns.times(Due::at));
        }
    }

    /** What follows on these devices when nobody knows whether a message went out; a device never seen holds. */
    public Map<DeviceId, UnknownPolicy> unknownPolicies(Tx tx, Collection<DeviceId> devices) {
        Map<DeviceId, UnknownPolicy> policies = new HashMap<>();
        if (!devices.isEmpty()) {
            UUID[] ids = devices.stream().map(DeviceId::value).toArray(UUID[]::new);
            tx.run(UNKNOWN_POLICIES, (Object) ids)
                    .forEach(row -> policies.put(
                            new DeviceId(row.getUUID("device_id")),
                            WireEnum.read(UnknownPolicy.class, row.getString("unknown_policy"))));
        }
        return policies;
    }

    /** Keeps these devices silent; only after {@link #due} has locked them, since that does so in order. */
    public void hold(Tx tx, List<Hold> holds) {
        if (!holds.isEmpty()) {
            var columns = new Columns<>(holds);
            tx.run(
                    HOLD,
                    columns.uuids(hold -> hold.device().value()),
                    columns.times(Hold::until),
                    columns.wires(Hold::reason),
                    columns.booleans(hold -> hold.reason().holdsColdOnly()));
            holds.forEach(hold -> metrics.held(hold.reason()));
        }
    }

    /**
     * Leases up to {@code terms.devices()} devices that have something due and releases what each may have in flight.
     * Several statements, since each must see what was committed before the one ahead of it took its locks.
     */
    public Released release(Tx tx, ReleaseTerms terms) {
        return release(tx, terms, _ -> {});
    }

    /** The same; {@code leasing} hears of each device before anything is released for it. */
    public Released release(Tx tx, ReleaseTerms terms, Consumer<DeviceId> leasing) {
        ByIndex.inOrder(tx);
        UUID[] leased = StreamSupport.stream(tx.run(LEASE, terms.devices()).spliterator(), false)
                .map(row -> row.getUUID("device_id"))
                .toArray(UUID[]::new);
        if (leased.length == 0) {
            return new Released(0, 0);
        }
        Stream.of(leased).map(DeviceId::new).forEach(leasing);
        RowSet<Row> met = release(tx, leased, terms);
        int messages = met.rowCount() - unsent.end(tx, met);
        tx.run(HINT, (Object) leased);
        metrics.moved(MessageState.PROCESSING, messages);
        return new Released(leased.length, messages);
    }

    /**
     * Leaves a device alone for a minute: the database refuses to release what it has. Answers whether it did: not where somebody else
     * is at it, or it has nothing due any more.
     */
    public boolean postpone(Tx tx, DeviceId device) {
        return tx.run(POSTPONE, device.value()).rowCount() > 0;
    }

    private static RowSet<Row> release(Tx tx, UUID[] leased, ReleaseTerms terms) {
        return tx.run(
                RELEASE,
                leased,
                terms.window(),
                seconds(terms.pauseInFlight()),
                seconds(terms.startGrace()),
                seconds(terms.leaseMargin()),
                terms.defaultDelay().minSeconds(),
                terms.defaultDelay().maxSeconds(),
                seconds(terms.campaignsAgeAfter()));
    }

    private static int seconds(Duration duration) {
        return Math.toIntExact(duration.toSeconds());
    }
}
