package io.siaran.dispatch.queue;

import io.siaran.dispatch.queue.DeviceQueue.Due;
import io.siaran.model.Attributes;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadSnapshot;
import io.siaran.model.MessageId;
import io.siaran.model.MessageState;
import io.siaran.model.UserId;
import io.siaran.model.Withdraw;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** How messages come into the queue, and how their planners take them back. Every method may be repeated. */
@ApplicationScoped
public class MessageStore {

    private static final String STORE = Sql.load(MessageStore.class, "store.sql");
    private static final String KEEP_WITHDRAWALS = Sql.load(MessageStore.class, "keep-withdrawals.sql");
    private static final String FORGET_WITHDRAWALS = Sql.load(MessageStore.class, "forget-withdrawals.sql");
    private static final String WITHDRAWN = Sql.load(MessageStore.class, "withdrawn.sql");

    /** Withdrawals that one transaction looks at, and how many of those make a run: the next one goes on behind them. */
    private static final int FORGOTTEN_AT_ONCE = 5_000;

    private static final int PAGES_OF_FORGETTING = 40;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final AtomicReference<UUID> forgottenTo = new AtomicReference<>(BEFORE_ALL);
    private final Database database;
    private final DeviceQueue devices;
    private final ErasedPeople erased;
    private final EndUnsent unsent;
    private final MessageMetrics metrics;

    MessageStore(
            Database database, DeviceQueue devices, EndUnsent unsent, MessageMetrics metrics, ErasedPeople erased) {
        this.database = database;
        this.devices = devices;
        this.unsent = unsent;
        this.metrics = metrics;
        this.erased = erased;
    }

    /**
     * Stores those that are new; every one gets a row, also those that may not be sent, with the reason. A withdrawal is
     * final, and it may come before its message. Locks as all do: reconciliations, then messages that were here, then devices; or
     * it would deadlock with the reconciliation of a lead, and with whoever settles.
     */
    public void take(Tx tx, List<BroadcastMessage> messages, List<Withdraw> withdrawals) {
        erased.keepErasuresOut(tx, messages.stream().map(BroadcastMessage::userId));
        ByIndex.lookUp(tx);
        keep(tx, withdrawals.stream().map(w -> new Kept(w.id(), w.userId())).toList());
        List<Due> dues = insert(tx, messages);
        stop(tx, withdrawals);
        devices.due(tx, dues);
    }

    /**
     * Remembers the messages that the snapshots of leads say must not be sent, in the transaction that notes where those leads
     * are to be written to from now on: none of them follows its lead there. The reconciliation ends those that are here.
     */
    public void keepWithdrawn(Tx tx, List<LeadSnapshot> leads) {
        keep(
                tx,
                leads.stream()
                        .flatMap(lead -> lead.withdrawn().stream().map(id -> new Kept(id, lead.userId())))
                        .toList());
    }

    /** Messages without withdrawals. */
    public void store(Tx tx, List<BroadcastMessage> messages) {
        take(tx, messages, List.of());
    }

    /** Withdrawals without messages. */
    public void withdraw(Tx tx, List<Withdraw> withdrawals) {
        take(tx, List.of(), withdrawals);
    }

    /**
     * Forgets withdrawals that are older than anything that Kafka could still bring, as far as nobody can have their messages tried
     * again; those of the others go when the message has gone. Looks at so many at most, and at the next ones when it is called again.
     */
    public void forgetWithdrawals() {
        for (int page = 0; page < PAGES_OF_FORGETTING; page++) {
            UUID last = forgetBehind(forgottenTo.get());
            forgottenTo.set(last);
            if (last.equals(BEFORE_ALL)) {
                return;
            }
        }
    }

    private UUID forgetBehind(UUID cursor) {
        return database.inTransaction(tx -> {
            ByIndex.lookUp(tx);
            for (Row last : tx.run(FORGET_WITHDRAWALS, cursor, FORGOTTEN_AT_ONCE)) {
                return last.getUUID("message_id");
            }
            return BEFORE_ALL;
        });
    }

    private void keep(Tx tx, List<Kept> withdrawals) {
        if (!withdrawals.isEmpty()) {
            var columns = new Columns<>(withdrawals);
            tx.run(
                    KEEP_WITHDRAWALS,
                    columns.texts(w -> w.message().toString()),
                    columns.texts(w -> w.user().value()));
        }
    }

    private List<Due> insert(Tx tx, List<BroadcastMessage> messages) {
        if (messages.isEmpty()) {
            return List.of();
        }
        RowSet<Row> stored = tx.run(STORE, columns(erased.recognise(tx, messages)));
        metrics.moved(stored);
        return StreamSupport.stream(stored.spliterator(), false)
                .filter(row -> row.getString("status").equals(MessageState.PENDING.wire()))
                .map(MessageStore::due)
                .toList();
    }

    private void stop(Tx tx, List<Withdraw> withdrawals) {
        if (!withdrawals.isEmpty()) {
            unsent.end(tx, tx.run(WITHDRAWN, ids(withdrawals), withdrawals.size()));
        }
    }

    private static String[] ids(List<Withdraw> withdrawals) {
        return new Columns<>(withdrawals).texts(w -> w.id().toString());
    }

    static Due due(Row row) {
        return new Due(
                new DeviceId(row.getUUID("device_id")),
                row.getOffsetDateTime("due_at").toInstant());
    }

    /** Most messages have none, and their rows stay as small. */
    private static String attributes(BroadcastMessage message) {
        Attributes attributes = message.attributes();
        return attributes.values().isEmpty() ? null : attributes.json();
    }

    /** In the order of {@code store.sql}. */
    private static Object[] columns(List<BroadcastMessage> messages) {
        var columns = new Columns<>(messages);
        return Stream.of(cause(columns), recipient(columns), content(columns), schedule(columns))
                .flatMap(Stream::of)
                .toArray();
    }

    private static Object[] cause(Columns<BroadcastMessage> columns) {
        return new Object[] {
            columns.uuids(m -> m.id().value()),
            columns.wires(BroadcastMessage::kind),
            columns.texts(m -> m.userId().value()),
            columns.uuids(m -> m.deviceId().value()),
            columns.uuids(m -> m.leadId() == null ? null : m.leadId().value()),
            columns.uuids(m -> m.campaignId() == null ? null : m.campaignId().value()),
            columns.integers(BroadcastMessage::run),
            columns.uuids(m -> m.sequenceId() == null ? null : m.sequenceId().value()),
            columns.uuids(
                    m -> m.sequenceStepid() == null ? null : m.sequenceStepid().value()),
            columns.uuids(m -> m.contactId() == null ? null : m.contactId().value())
        };
    }

    private static Object[] recipient(Columns<BroadcastMessage> columns) {
        return new Object[] {
            columns.texts(m -> m.recipientPhone().digits()),
            columns.texts(BroadcastMessage::recipientName),
            columns.texts(MessageStore::attributes)
        };
    }

    private static Object[] content(Columns<BroadcastMessage> columns) {
        return new Object[] {
            columns.texts(BroadcastMessage::niche),
            columns.wires(BroadcastMessage::type),
            columns.texts(BroadcastMessage::message),
            columns.texts(BroadcastMessage::mediaUrl),
            columns.wires(BroadcastMessage::antiSpam)
        };
    }

    private static Object[] schedule(Columns<BroadcastMessage> columns) {
        return new Object[] {
            columns.integers(BroadcastMessage::minDelay),
            columns.integers(BroadcastMessage::maxDelay),
            columns.texts(m -> m.timeZone().getId()),
            columns.times(BroadcastMessage::scheduledAt),
            columns.times(BroadcastMessage::expiresAt),
            columns.booleans(BroadcastMessage::checkNumber),
            columns.longs(BroadcastMessage::leadVersion)
        };
    }

    /** A message that must not be sent, if it is this user's. */
    private record Kept(MessageId message, UserId user) {}
}
