package io.siaran.rest;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.siaran.sql.Database;
import io.siaran.sql.Tx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * What callers ask to see, read by the pool {@code reads} of the service, which it configures: a CRM that lists all it has
 * holds up no engine. Straight-line: for virtual threads.
 *
 * <p>A question that takes longer than {@code siaran.sql.read-timeout}, or that waits as long for its turn, is a {@link
 * Refusal} (503 with {@code Retry-After}).
 */
@ApplicationScoped
public class Reads {

    private static final String QUERY_CANCELED = "57014";
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);

    private final Instance<Pool> pool;

    /** A service without such a pool never asks for it. */
    Reads(@ReactiveDataSource("reads") Instance<Pool> pool) {
        this.pool = pool;
    }

    public RowSet<Row> run(String sql, Object... arguments) {
        // A statement by itself would wait for a connection without a limit.
        return inTransaction(tx -> tx.run(sql, arguments));
    }

    /** Everything that {@code work} reads is of one transaction. */
    public <T> T inTransaction(Function<Tx, T> work) {
        try {
            return new Database(pool.get()).inTransaction(work);
        } catch (PgException broken) {
            if (QUERY_CANCELED.equals(broken.getSqlState())) {
                throw Refusal.unavailable("this takes too long to read: narrow it by filters", AGAIN_AFTER);
            }
            throw broken;
        } catch (ConnectionPoolTooBusyException tooMany) {
            throw busy();
        } catch (CompletionException failed) {
            // The pool's way to say that no connection became free in time.
            if (failed.getCause() instanceof NoStackTraceThrowable) {
                throw busy();
            }
            throw failed;
        }
    }

    private static Refusal busy() {
        return Refusal.unavailable("too much is being read at once", AGAIN_AFTER);
    }
}
