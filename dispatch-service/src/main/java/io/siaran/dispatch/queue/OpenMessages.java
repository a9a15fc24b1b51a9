package io.siaran.dispatch.queue;

import io.siaran.dispatch.message.QueuedMessage;
import io.siaran.dispatch.setaside.SetAside;
import io.siaran.model.MessageId;
import io.siaran.sql.Columns;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToIntBiFunction;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Messages that are to change: locked for who settles them, asked back, expired. */
@ApplicationScoped
public class OpenMessages {

    private static final String LOCK = Sql.load(OpenMessages.class, "lock.sql");
    private static final String RECALL = Sql.load(OpenMessages.class, "recall.sql");
    private static final String EXPIRED = Sql.load(OpenMessages.class, "expired.sql");
    private static final String LAPSED = Sql.load(OpenMessages.class, "lapsed.sql");

    private final Database database;
    private final EndUnsent unsent;
    private final SetAside setAside;

    OpenMessages(Database database, EndUnsent unsent, SetAside setAside) {
        this.database = database;
        this.unsent = unsent;
        this.setAside = setAside;
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
        List<Row> rows = rows(tx.run(LOCK, (Object) keys));
        Instant now = rows.isEmpty()
                ? Instant.EPOCH
                : rows.getFirst().getOffsetDateTime("now").toInstant();
        return new Locked(rows.stream().map(LockedRow::read).collect(Collectors.toMap(QueuedMessage::id, m -> m)), now);
    }

    /**
     * Asks the gateway for lapsed and stopped tries, each again after {@code again}; answers how many it asked for, or
     * {@code atMost} when there may be more. What the database refuses is put aside.
     */
    public int recall(int atMost, Duration again) {
        return inBatches(
                "recall",
                atMost,
                LAPSED,
                (tx, lapsed) -> lapsed.isEmpty()
                        ? 0
                        : tx.run(RECALL, ids(lapsed), Math.toIntExact(again.toSeconds()))
                                .rowCount());
    }

    /** Ends what waited past its time; answers as {@link #recall}. */
    public int expire(int atMost) {
        return inBatches("expiry", atMost, EXPIRED, unsent::end);
    }

    private int inBatches(String engine, int atMost, String find, ToIntBiFunction<Tx, List<Row>> batch) {
        AtomicInteger done = new AtomicInteger();
        AtomicReference<UUID> tried = new AtomicReference<>();
        boolean whole = setAside.batch(
                atMost,
                size -> done.set(database.inTransaction(tx -> {
                    tried.set(null);
                    List<Row> found = rows(tx.run(find, size));
                    found.stream().findFirst().ifPresent(first -> tried.set(first.getUUID("id")));
                    return batch.applyAsInt(tx, found);
                })),
                refusal -> setAside.message(engine, tried.get(), refusal));
        return whole ? done.get() : atMost;
    }

    private static UUID[] ids(List<Row> messages) {
        return new Columns<>(messages).uuids(row -> row.getUUID("id"));
    }

    private static List<Row> rows(Iterable<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).toList();
    }
}
