package io.siaran.dispatch.queue;

import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Brings the queue in line with whatever changed what may be sent: plans, leads, devices, suppressions, withdrawals and
 * stops. In batches, each a transaction. Replicas share the work: a claim is a row's lock.
 */
@ApplicationScoped
public class Sweeps {

    private static final String CLAIM = Sql.load(Sweeps.class, "claim_sweeps.sql");
    private static final String SWEPT = Sql.load(Sweeps.class, "swept.sql");
    private static final String LOCK =
            "SELECT FROM broadcast_messages WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE";
    private static final String PARK = Sql.load(Sweeps.class, "park.sql");
    private static final String MOVE = Sql.load(Sweeps.class, "move.sql");
    private static final String RETURNED_MOVES = Sql.load(Sweeps.class, "returned_moves.sql");
    private static final String ASK_BACK = Sql.load(Sweeps.class, "ask_back.sql");

    private final Database database;
    private final DeviceQueue devices;
    private final Stops stops;
    private final List<Kind> kinds;

    Sweeps(Database database, DeviceQueue devices, Stops stops) {
        this.database = database;
        this.devices = devices;
        this.stops = stops;
        this.kinds = List.of(
                new Kind("stop", false, "stopped_in_flight.sql", this::askBack),
                new Kind("plan", true, "plan_messages.sql", this::followPlan),
                new Kind("device", true, "device_messages.sql", stops::stop),
                new Kind("lead", false, "lead_messages.sql", this::followLeads),
                new Kind("person", false, "person_messages.sql", stops::stop),
                new Kind("withdrawal", false, "withdrawn.sql", stops::stop));
    }

    /**
     * Subjects that are swept alike.
     *
     * @param large a sweep takes one of them, behind its cursor; of the others many at once, and what it has done to a
     *     message keeps that from being found again
     * @param follow what is to be done about the messages that were found
     */
    private record Kind(String subject, boolean large, String messages, BiConsumer<Tx, List<Row>> follow) {

        Kind {
            messages = Sql.load(Sweeps.class, messages);
        }
    }

    /** Sweeps the next batch of each kind of subject; false when nothing is to be swept now. */
    public boolean sweep(int batch) {
        boolean any = false;
        for (Kind kind : kinds) {
            any |= database.inTransaction(tx -> sweep(tx, kind, batch));
        }
        return any;
    }

    /** Moves what came back after its lead had moved; answers how many. */
    public int moveReturned(int atMost) {
        return database.inTransaction(tx -> {
            List<Row> messages = rows(tx.run(RETURNED_MOVES, atMost));
            followLeads(tx, messages);
            return messages.size();
        });
    }

    private boolean sweep(Tx tx, Kind kind, int batch) {
        List<Row> claimed = rows(tx.run(CLAIM, kind.subject(), kind.large() ? 1 : batch));
        if (claimed.isEmpty()) {
            return false;
        }
        ByIndex.lookUp(tx);
        String[] keys = claimed.stream().map(row -> row.getString("key")).toArray(String[]::new);
        List<Row> messages = rows(
                kind.large()
                        ? tx.run(kind.messages(), keys, claimed.getFirst().getUUID("sweep_after"), batch)
                        : tx.run(kind.messages(), keys, batch));
        kind.follow().accept(tx, messages);
        boolean more = messages.size() == batch;
        if (kind.large() || !more) {
            tx.run(SWEPT, kind.subject(), keys, more ? id(messages.getLast()) : null);
        }
        return true;
    }

    private void followPlan(Tx tx, List<Row> messages) {
        lockInOrder(tx, messages);
        stops.stop(tx, messages);
        park(tx, messages, true);
        park(tx, messages, false);
    }

    private void park(Tx tx, List<Row> messages, boolean parked) {
        UUID[] ids = staying(messages)
                .filter(row -> row.getBoolean("paused") == parked)
                .map(Sweeps::id)
                .toArray(UUID[]::new);
        if (ids.length > 0) {
            devices.due(tx, dues(tx.run(PARK, ids, parked)));
        }
    }

    private void followLeads(Tx tx, List<Row> messages) {
        lockInOrder(tx, messages);
        stops.stop(tx, messages);
        var moving = new Columns<>(staying(messages).toList());
        if (!moving.rows().isEmpty()) {
            devices.due(
                    tx, dues(tx.run(MOVE, moving.uuids(Sweeps::id), moving.uuids(row -> row.getUUID("to_device")))));
        }
    }

    private void askBack(Tx tx, List<Row> messages) {
        if (!messages.isEmpty()) {
            tx.run(ASK_BACK, (Object) ids(messages));
        }
    }

    /** Before two statements that lock some of them each: together they would do so out of order, and deadlock. */
    private static void lockInOrder(Tx tx, List<Row> messages) {
        if (!messages.isEmpty()) {
            tx.run(LOCK, (Object) ids(messages));
        }
    }

    private static UUID[] ids(List<Row> messages) {
        return messages.stream().map(Sweeps::id).toArray(UUID[]::new);
    }

    private static Stream<Row> staying(List<Row> messages) {
        return messages.stream().filter(Predicate.not(Stops::hasReason));
    }

    private static List<DeviceQueue.Due> dues(Iterable<Row> rows) {
        return rows(rows).stream().map(MessageStore::due).toList();
    }

    private static UUID id(Row row) {
        return row.getUUID("id");
    }

    private static List<Row> rows(Iterable<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).toList();
    }
}
