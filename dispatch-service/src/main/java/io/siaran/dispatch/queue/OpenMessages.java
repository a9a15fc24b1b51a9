package io.siaran.dispatch.queue;

import io.siaran.dispatch.message.QueuedMessage;
import io.siaran.dispatch.message.Settlement;
import io.siaran.model.DeviceId;
import io.siaran.model.FailureReason;
import io.siaran.model.MessageId;
import io.siaran.model.MessageState;
import io.siaran.model.Wire;
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
        List<Row> rows = StreamSupport.stream(
                        tx.run(LOCK, (Object) ids.stream().map(MessageId::value).toArray(UUID[]::new))
                                .spliterator(),
                        false)
                .toList();
        Instant now = rows.isEmpty()
                ? Instant.EPOCH
                : rows.getFirst().getOffsetDateTime("now").toInstant();
        return new Locked(
                rows.stream().map(OpenMessages::read).collect(Collectors.toMap(QueuedMessage::id, m -> m)), now);
    }

    /** Writes what became of messages that {@link #lock} answered. */
    public void settle(Tx tx, List<Settlement> settlements) {
        if (settlements.isEmpty()) {
            return;
        }
        var columns = new Columns<>(settlements);
        metrics.moved(tx.run(
                SETTLE,
                columns.uuids(s -> s.id().value()),
                columns.wires(OpenMessages::status),
                columns.integers(Settlement::attempts),
                columns.times(s -> s instanceof Settlement.Waits waits ? waits.dueAt() : null),
                columns.wires(s -> s instanceof Settlement.Ended ended ? ended.reason() : null),
                columns.texts(Settlement::detail),
                columns.times(s -> s instanceof Settlement.Sent sent ? sent.sentAt() : null),
                columns.texts(s -> s instanceof Settlement.Sent sent ? sent.providerMessageId() : null),
                columns.texts(s -> s instanceof Settlement.Sent sent ? sent.sentText() : null)));
    }

    /** Asks the gateway for lapsed and stopped tries, each again after {@code again}; answers how many it asked for. */
    public int recall(int atMost, Duration again) {
        return database.run(RECALL, atMost, Math.toIntExact(again.toSeconds())).rowCount();
    }

    /** Ends what waited past its time; answers how many. */
    public int expire(int atMost) {
        return database.inTransaction(tx -> stops.stop(tx, tx.run(EXPIRED, atMost)));
    }

    private static QueuedMessage read(Row row) {
        String ending = row.getString("ending");
        return new QueuedMessage(
                new MessageId(row.getUUID("id")),
                new DeviceId(row.getUUID("device_id")),
                Wire.read(MessageState.class, row.getString("status")),
                row.getInteger("try_no"),
                row.getInteger("attempts"),
                ending == null ? null : Wire.read(FailureReason.class, ending));
    }

    /** Null for an end: its reason says whether it failed or was cancelled. */
    private static MessageState status(Settlement settlement) {
        return switch (settlement) {
            case Settlement.Sent sent -> MessageState.SENT;
            case Settlement.Waits waits -> MessageState.PENDING;
            case Settlement.Lost lost -> MessageState.UNKNOWN;
            case Settlement.Ended ended -> null;
        };
    }
}
