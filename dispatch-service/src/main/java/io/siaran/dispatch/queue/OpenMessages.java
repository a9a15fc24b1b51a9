package io.siaran.dispatch.queue;

import io.siaran.dispatch.message.QueuedMessage;
import io.siaran.dispatch.message.Settlement;
import io.siaran.dispatch.message.Settlement.Ended;
import io.siaran.dispatch.message.Settlement.Learnt;
import io.siaran.dispatch.message.Settlement.Lost;
import io.siaran.dispatch.message.Settlement.Sent;
import io.siaran.dispatch.message.Settlement.Waits;
import io.siaran.model.MessageId;
import io.siaran.model.MessageState;
import io.siaran.outbox.Columns;
import io.siaran.outbox.Database;
import io.siaran.outbox.Sql;
import io.siaran.outbox.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Messages that have not ended: settling, recall, expiry. */
@ApplicationScoped
public class OpenMessages {

    private static final String LOCK = Sql.load(OpenMessages.class, "lock.sql");
    private static final String SETTLE = Sql.load(OpenMessages.class, "settle.sql");
    private static final String LEARN = Sql.load(OpenMessages.class, "learn.sql");
    private static final String UNSENDABLE = Sql.load(OpenMessages.class, "unsendable.sql");
    private static final String RECALL = Sql.load(OpenMessages.class, "recall.sql");
    private static final String EXPIRED = Sql.load(OpenMessages.class, "expired.sql");

    private final Database database;
    private final Stops stops;
    private final MessageMetrics metrics;

    OpenMessages(Database database, Stops stops, MessageMetrics metrics) {
        this.database = database;
        this.stops = stops;
        this.metrics = metrics;
    }

    /**
     * Messages that nobody else changes until the transaction ends.
     *
     * @param now by the clock of the database
     */
    public record Locked(Map<MessageId, QueuedMessage> messages, Instant now) {}

    public Locked lock(Tx tx, Collection<MessageId> ids) {
        List<Row> rows = StreamSupport.stream(tx.run(LOCK, (Object) uuids(ids)).spliterator(), false)
                .toList();
        Instant now = rows.isEmpty()
                ? Instant.EPOCH
                : rows.getFirst().getOffsetDateTime("now").toInstant();
        return new Locked(rows.stream().map(LockedRow::read).collect(Collectors.toMap(QueuedMessage::id, m -> m)), now);
    }

    /** Writes what became of messages that {@link #lock} answered, at most one settlement each. */
    public void settle(Tx tx, List<Settlement> settlements) {
        move(tx, only(Settlement.Move.class, settlements));
        learn(tx, only(Settlement.Learnt.class, settlements));
    }

    /**
     * Ends those of these messages that may no longer be sent, as intake would. For messages that wait again after an
     * absence: nobody looked after them meanwhile.
     */
    public void stopUnsendable(Tx tx, Collection<MessageId> ids) {
        if (!ids.isEmpty()) {
            stops.stop(tx, tx.run(UNSENDABLE, (Object) uuids(ids)));
        }
    }

    /** Asks the gateway for lapsed and stopped tries, each again after {@code again}; answers how many it asked for. */
    public int recall(int atMost, Duration again) {
        return database.run(RECALL, atMost, Math.toIntExact(again.toSeconds())).rowCount();
    }

    /** Ends what waited past its time; answers how many. */
    public int expire(int atMost) {
        return database.inTransaction(tx -> stops.stop(tx, tx.run(EXPIRED, atMost)));
    }

    private void move(Tx tx, List<Settlement.Move> moves) {
        if (moves.isEmpty()) {
            return;
        }
        var columns = new Columns<>(moves);
        metrics.moved(tx.run(
                SETTLE,
                columns.uuids(s -> s.id().value()),
                columns.wires(OpenMessages::status),
                columns.integers(Settlement.Move::attempts),
                columns.times(s -> s instanceof Waits waits ? waits.dueAt() : null),
                columns.wires(s -> s instanceof Ended ended ? ended.reason() : null),
                columns.texts(Settlement.Move::detail),
                columns.times(s -> s instanceof Sent sent ? sent.sentAt() : null),
                columns.texts(s -> s instanceof Sent sent ? sent.providerMessageId() : null),
                columns.texts(s -> s instanceof Sent sent ? sent.sentText() : null),
                columns.integers(s -> s instanceof Sent sent ? sent.took() : null),
                columns.integers(s -> s instanceof Ended ended ? ended.refused() : null),
                columns.integers(s -> s instanceof Waits waits ? waits.supersedes() : null)));
    }

    private static void learn(Tx tx, List<Learnt> learnt) {
        if (learnt.isEmpty()) {
            return;
        }
        var columns = new Columns<>(learnt);
        tx.run(
                LEARN,
                columns.uuids(s -> s.id().value()),
                columns.times(Learnt::sentAt),
                columns.times(Learnt::deliveredAt),
                columns.times(Learnt::readAt),
                columns.texts(Learnt::providerMessageId),
                columns.texts(Learnt::sentText),
                columns.integers(Learnt::took),
                columns.integers(Learnt::refused));
    }

    /** Null for an end: its reason says whether it failed or was cancelled. */
    private static MessageState status(Settlement.Move move) {
        return switch (move) {
            case Sent sent -> MessageState.SENT;
            case Waits waits -> MessageState.PENDING;
            case Lost lost -> MessageState.UNKNOWN;
            case Ended ended -> null;
        };
    }

    private static <S extends Settlement> List<S> only(Class<S> type, List<Settlement> settlements) {
        return settlements.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static UUID[] uuids(Collection<MessageId> ids) {
        return ids.stream().map(MessageId::value).toArray(UUID[]::new);
    }
}
