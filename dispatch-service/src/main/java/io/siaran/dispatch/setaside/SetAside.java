package io.siaran.dispatch.setaside;

import io.micrometer.core.instrument.MeterRegistry;
import io.siaran.sql.DataFault;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;

/** Batches of engines that go on although the database refuses a row, and the list of what was refused. */
@ApplicationScoped
public class SetAside {

    private static final Logger LOG = Logger.getLogger(SetAside.class);
    private static final String KEEP = Sql.load(SetAside.class, "keep.sql");

    private final Database database;
    private final MeterRegistry metrics;

    public SetAside(Database database, MeterRegistry metrics) {
        this.database = database;
        this.metrics = metrics;
    }

    /**
     * Does a batch of at most so many. Where the database refuses the data of a row, nothing of the batch happened: half as
     * many are tried, down to one, after which {@code putAside} is called. Any other failure is thrown.
     *
     * @param batch begins at the same place whatever its size, in a transaction of its own; remembers what it has in hand
     * @param putAside puts exactly that aside. Whoever asked again what is next could blame another row: since the transaction
     *     failed, replicas may have taken this one
     * @return whether the batch was done in full size; if not, there is more to do
     */
    public boolean batch(int atMost, IntConsumer batch, Consumer<PgException> putAside) {
        for (int size = atMost; ; size = Math.max(1, size / 2)) {
            try {
                batch.accept(size);
                return size == atMost;
            } catch (PgException refusal) {
                if (!DataFault.is(refusal)) {
                    throw refusal;
                }
                if (size == 1) {
                    putAside.accept(refusal);
                    return false;
                }
            }
        }
    }

    /** As {@link #message(Tx, String, UUID, PgException)}, in a transaction of its own. */
    public boolean message(String engine, UUID message, PgException refusal) {
        return database.inTransaction(tx -> message(tx, engine, message, refusal));
    }

    /**
     * Puts a message on the list: engines that look for messages without a cursor leave it out for an hour. Answers whether it did:
     * not where somebody is changing the message meanwhile.
     *
     * @param message null: the batch had none in hand, and the refusal is thrown
     */
    public boolean message(Tx tx, String engine, UUID message, PgException refusal) {
        if (message == null) {
            throw refusal;
        }
        boolean kept = tx.run(KEEP, message, engine, reason(refusal)).rowCount() > 0;
        if (kept) {
            tell(engine, "message=" + message, refusal);
        }
        return kept;
    }

    /** Counts and logs what was put aside; for engines that keep it in a table of their own. */
    public void tell(String engine, String what, PgException refusal) {
        metrics.counter("siaran.set.aside", "engine", engine).increment();
        LOG.errorf("put aside engine=%s %s: %s", engine, what, reason(refusal));
    }

    /** Without the detail, which repeats values of the row. */
    public static String reason(PgException refusal) {
        return refusal.getSqlState() + " " + refusal.getErrorMessage();
    }
}
