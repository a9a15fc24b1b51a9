package io.siaran.dispatch.queue;

import io.siaran.dispatch.message.QueuedMessage;
import io.siaran.model.MessageId;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
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

/** Messages that are to change: locked for who settles them, asked back, expired. */
@ApplicationScoped
public class OpenMessages {

    private static final String LOCK = Sql.load(OpenMessages.class, "lock.sql");
    private static final String RECALL = Sql.load(OpenMessages.class, "recall.sql");
    private static final String EXPIRED = Sql.load(OpenMessages.class, "expired.sql");

    private final Database database;
    private final Stops stops;

    OpenMessages(Database database, Stops stops) {
        this.database = database;
        this.stops = stops;
    }

    /**
     * Messages that nobody else changes until the transaction ends.
     *
     * @param now by the clock of the database
     */
    public record Locked(Map<MessageId, QueuedMessage> messages, Instant now) {}

    public Locked lock(Tx tx, Collection<MessageId> ids) {
        ByIndex.lookUp(tx);
        UUID[] keys = ids.stream().map(MessageId::value).toArray(UUID[]::new);
        List<Row> rows = StreamSupport.stream(tx.run(LOCK, (Object) keys).spliterator(), false)
                .toList();
        Instant now = rows.isEmpty()
                ? Instant.EPOCH
                : rows.getFirst().getOffsetDateTime("now").toInstant();
        return new Locked(rows.stream().map(LockedRow::read).collect(Collectors.toMap(QueuedMessage::id, m -> m)), now);
    }

    /** Asks the gateway for lapsed and stopped tries, each again after {@code again}; answers how many it asked for. */
    public int recall(int atMost, Duration again) {
        return database.run(RECALL, atMost, Math.toIntExact(again.toSeconds())).rowCount();
    }

    /** Ends what waited past its time; answers how many. */
    public int expire(int atMost) {
        return database.inTransaction(tx -> stops.stop(tx, tx.run(EXPIRED, atMost)));
    }
}
