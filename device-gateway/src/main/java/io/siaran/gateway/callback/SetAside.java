package io.siaran.gateway.callback;

import io.micrometer.core.instrument.MeterRegistry;
import io.siaran.gateway.journal.SqlRefusal;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * Batches that go on although the database refuses a row: whatever one tenant's platform tells, the news of the others go out.
 * Where a batch is refused for its data, its rows are worked off in halves, down to the one at fault; that one is put off,
 * logged and counted ({@code siaran.set.aside}).
 */
@ApplicationScoped
class SetAside {

    private static final Logger LOG = Logger.getLogger(SetAside.class);

    /**
     * Rows that are worked off in batches.
     *
     * @param engine that works them off, for log and metric
     * @param due the ids of those that are due, at most {@code $1}
     * @param putOff sees to it that the row {@code $1} is not due for some time
     */
    private record Rows<T>(String engine, Function<Row, T> id, IntFunction<T[]> array, String due, String putOff) {

        T[] whicheverAreDue() {
            return array.apply(0);
        }
    }

    private static final Rows<Long> RECEIPTS = events("receipts", "receipt");
    private static final Rows<Long> REPLIES = events("replies", "reply");
    private static final Rows<UUID> SENDERS = new Rows<>(
            "senders",
            row -> row.getUUID("id"),
            UUID[]::new,
            Sql.load(SetAside.class, "due-known.sql"),
            "UPDATE inbound_messages SET resolve_at = clock_timestamp() + interval '1 hour'"
                    + " WHERE id = $1 AND phone IS NULL");

    private final Database database;
    private final MeterRegistry metrics;

    SetAside(Database database, MeterRegistry metrics) {
        this.database = database;
        this.metrics = metrics;
    }

    private static Rows<Long> events(String engine, String purpose) {
        return new Rows<>(
                engine,
                row -> row.getLong("id"),
                Long[]::new,
                "SELECT id FROM callback_inbox WHERE purpose = '" + purpose
                        + "' AND due_at <= statement_timestamp() ORDER BY due_at LIMIT $1",
                Sql.load(SetAside.class, "put-off-event.sql"));
    }

    /**
     * Works off at most so many receipts and answers whether there may be more.
     *
     * @param batch works off those with these ids, or whichever are due where there are none, and answers how many it took;
     *     where it throws, it has done nothing
     */
    boolean receipts(int atMost, ToIntFunction<Long[]> batch) {
        return workOff(RECEIPTS, atMost, batch);
    }

    /** As {@link #receipts}, of what people wrote. */
    boolean replies(int atMost, ToIntFunction<Long[]> batch) {
        return workOff(REPLIES, atMost, batch);
    }

    /** As {@link #receipts}, of replies that are kept and whose sender has become known. */
    boolean senders(int atMost, ToIntFunction<UUID[]> batch) {
        return workOff(SENDERS, atMost, batch);
    }

    private <T> boolean workOff(Rows<T> rows, int atMost, ToIntFunction<T[]> batch) {
        try {
            return batch.applyAsInt(rows.whicheverAreDue()) == atMost;
        } catch (PgException refusal) {
            onlyOfTheData(refusal);
            workOffParts(rows, due(rows, atMost), batch);
            return true;
        }
    }

    private <T> T[] due(Rows<T> rows, int atMost) {
        return StreamSupport.stream(database.run(rows.due(), atMost).spliterator(), false)
                .map(rows.id())
                .toArray(rows.array());
    }

    private <T> void workOffParts(Rows<T> rows, T[] ids, ToIntFunction<T[]> batch) {
        if (ids.length == 0) {
            return;
        }
        try {
            var _ = batch.applyAsInt(ids);
        } catch (PgException refusal) {
            onlyOfTheData(refusal);
            if (ids.length == 1) {
                putOff(rows, ids[0], refusal);
            } else {
                workOffParts(rows, Arrays.copyOf(ids, ids.length / 2), batch);
                workOffParts(rows, Arrays.copyOfRange(ids, ids.length / 2, ids.length), batch);
            }
        }
    }

    private <T> void putOff(Rows<T> rows, T id, PgException refusal) {
        // Without the detail, which repeats values of the row.
        LOG.errorf(
                "put aside engine=%s row=%s: %s %s",
                rows.engine(), id, refusal.getSqlState(), refusal.getErrorMessage());
        metrics.counter("siaran.set.aside", "engine", rows.engine()).increment();
        database.run(rows.putOff(), id);
    }

    private static void onlyOfTheData(PgException refusal) {
        if (!SqlRefusal.isOfTheData(refusal)) {
            throw refusal;
        }
    }
}
