package io.siaran.dispatch.queue;

import io.siaran.dispatch.setaside.SetAside;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Brings the queue in line with whatever changed what may be sent: plans, leads, devices, suppressions, withdrawals and
 * stops. In batches, each a transaction. Replicas share the work: a claim is a row's lock.
 */
@ApplicationScoped
public class Reconciliation {

    private static final String CLAIM = Sql.load(Reconciliation.class, "claim-reconciliations.sql");
    private static final String CLAIM_AGAIN =
            "SELECT FROM reconciliations WHERE subject = $1 AND key = $2 AND done_to = $3 FOR UPDATE SKIP LOCKED";
    private static final String ADVANCE = Sql.load(Reconciliation.class, "advance-reconciliations.sql");
    private static final String LOCK =
            "SELECT FROM broadcast_messages WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE";
    private static final String PARK = Sql.load(Reconciliation.class, "park.sql");
    private static final String MOVE = Sql.load(Reconciliation.class, "move.sql");
    private static final String CORRECTED_TWICE = Sql.load(Reconciliation.class, "corrected-twice.sql");
    private static final String RETURNED_MOVES = Sql.load(Reconciliation.class, "returned-moves.sql");
    private static final String ASK_BACK = Sql.load(Reconciliation.class, "ask-back.sql");

    private final Database database;
    private final DeviceQueue devices;
    private final EndUnsent unsent;
    private final SetAside setAside;
    private final List<Kind> kinds;

    Reconciliation(Database database, DeviceQueue devices, EndUnsent unsent, SetAside setAside) {
        this.database = database;
        this.devices = devices;
        this.unsent = unsent;
        this.setAside = setAside;
        this.kinds = List.of(
                new Kind("stop", false, "stopped-in-flight.sql", this::askBack),
                new Kind("plan", true, "plan-messages.sql", this::followPlan),
                new Kind("hours", true, "plan-messages.sql", this::followPlan),
                new Kind("device", true, "device-messages.sql", unsent::end),
                new Kind("lead", false, "lead-messages.sql", this::followLeads),
                new Kind("person", false, "person-messages.sql", unsent::end),
                new Kind("withdrawal", false, "withdrawn.sql", unsent::end));
    }

    /**
     * Subjects that are reconciled alike.
     *
     * @param large one of them is looked through at a time, behind its cursor; of the others many at once, and what was done
     *     to a message keeps that from being found again
     * @param follow what is to be done about the messages that were found
     */
    private record Kind(String subject, boolean large, String messages, BiConsumer<Tx, List<Row>> follow) {

        Kind {
            messages = Sql.load(Reconciliation.class, messages);
        }
    }

    /** What a batch of one had in hand. */
    private record Tried(String key, UUID doneTo, UUID message) {}

    /**
     * Does the next batch of each kind of subject; false when nothing is to be done now. A message that the database refuses
     * to change is put aside, and the others of its subject are done.
     */
    public boolean reconcile(int batch) {
        boolean any = false;
        for (Kind kind : kinds) {
            any |= reconcile(kind, batch);
        }
        return any;
    }

    /** Moves what came back after its lead had moved; answers how many. */
    public int moveReturned(int atMost) {
        AtomicInteger moved = new AtomicInteger();
        AtomicReference<UUID> tried = new AtomicReference<>();
        setAside.batch(
                atMost,
                size -> moved.addAndGet(database.inTransaction(tx -> moveReturned(tx, size, tried))),
                refusal -> setAside.message("move", tried.get(), refusal));
        return moved.get();
    }

    private int moveReturned(Tx tx, int atMost, AtomicReference<UUID> tried) {
        tried.set(null);
        List<Row> messages = rows(tx.run(RETURNED_MOVES, atMost));
        messages.stream().findFirst().ifPresent(first -> tried.set(id(first)));
        followLeads(tx, messages);
        return messages.size();
    }

    private boolean reconcile(Kind kind, int batch) {
        AtomicBoolean any = new AtomicBoolean();
        AtomicReference<Tried> tried = new AtomicReference<>();
        boolean whole = setAside.batch(
                batch,
                size -> any.set(database.inTransaction(tx -> reconcile(tx, kind, size, tried))),
                refusal -> database.doInTransaction(tx -> putAside(tx, kind, tried.get(), refusal)));
        return any.get() || !whole;
    }

    private boolean reconcile(Tx tx, Kind kind, int batch, AtomicReference<Tried> tried) {
        tried.set(null);
        List<Row> claimed = rows(tx.run(CLAIM, kind.subject(), kind.large() ? 1 : batch));
        if (claimed.isEmpty()) {
            return false;
        }
        String[] keys = claimed.stream().map(row -> row.getString("key")).toArray(String[]::new);
        List<Row> messages = find(tx, kind, claimed, keys, batch);
        messages.stream()
                .findFirst()
                .ifPresent(
                        first -> tried.set(new Tried(keys[0], claimed.getFirst().getUUID("done_to"), id(first))));
        kind.follow().accept(tx, messages);
        boolean more = messages.size() == batch;
        if (kind.large() || !more) {
            tx.run(ADVANCE, kind.subject(), keys, more ? id(messages.getLast()) : null);
        }
        return true;
    }

    private static List<Row> find(Tx tx, Kind kind, List<Row> claimed, String[] keys, int batch) {
        ByIndex.lookUp(tx);
        return rows(
                kind.large()
                        ? tx.run(kind.messages(), keys, claimed.getFirst().getUUID("done_to"), batch)
                        : tx.run(kind.messages(), keys, batch));
    }

    /**
     * The message that was refused, if its subject is still where it was and nobody else is at it; of a subject with a cursor, the
     * rest is behind it.
     */
    private void putAside(Tx tx, Kind kind, Tried tried, PgException refusal) {
        if (tried == null) {
            throw refusal;
        }
        boolean ours =
                tx.run(CLAIM_AGAIN, kind.subject(), tried.key(), tried.doneTo()).rowCount() > 0;
        if (ours && setAside.message(tx, "reconcile_" + kind.subject(), tried.message(), refusal) && kind.large()) {
            tx.run(ADVANCE, kind.subject(), new String[] {tried.key()}, tried.message());
        }
    }

    private void followPlan(Tx tx, List<Row> messages) {
        lockInOrder(tx, messages);
        unsent.end(tx, messages);
        park(tx, messages, true);
        park(tx, messages, false);
    }

    private void park(Tx tx, List<Row> messages, boolean parked) {
        UUID[] ids = staying(messages)
                .filter(row -> row.getBoolean("paused") == parked)
                .map(Reconciliation::id)
                .toArray(UUID[]::new);
        if (ids.length > 0) {
            devices.due(tx, dues(tx.run(PARK, ids, parked)));
        }
    }

    private void followLeads(Tx tx, List<Row> messages) {
        lockInOrder(tx, messages);
        unsent.end(tx, messages);
        var moving = new Columns<>(staying(messages).toList());
        if (!moving.rows().isEmpty()) {
            List<Row> moved =
                    rows(tx.run(MOVE, moving.uuids(Reconciliation::id), moving.uuids(row -> row.getUUID("to_device"))));
            endSecondCopies(tx, moved);
            devices.due(
                    tx,
                    dues(moved.stream()
                            .filter(row -> row.getOffsetDateTime("due_at") != null)
                            .toList()));
        }
    }

    /** Before anybody sees them at the phones to which they have come. */
    private void endSecondCopies(Tx tx, List<Row> moved) {
        UUID[] corrected = moved.stream()
                .map(row -> row.getArrayOfUUIDs("corrected"))
                .filter(Objects::nonNull)
                .flatMap(Stream::of)
                .toArray(UUID[]::new);
        if (corrected.length > 0) {
            unsent.end(tx, tx.run(CORRECTED_TWICE, (Object) corrected));
        }
    }

    private void askBack(Tx tx, List<Row> messages) {
        if (!messages.isEmpty()) {
            tx.run(ASK_BACK, (Object) ids(messages));
        }
    }

    /** Two statements that lock some of them each would do so out of order together, and deadlock. */
    private static void lockInOrder(Tx tx, List<Row> messages) {
        if (!messages.isEmpty()) {
            tx.run(LOCK, (Object) ids(messages));
        }
    }

    private static UUID[] ids(List<Row> messages) {
        return messages.stream().map(Reconciliation::id).toArray(UUID[]::new);
    }

    private static Stream<Row> staying(List<Row> messages) {
        return messages.stream().filter(Predicate.not(EndUnsent::hasReason));
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
