package io.siaran.rest;

import io.quarkus.arc.Arc;
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
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * What callers ask to see, read by the pool {@code reads} of the service, which it configures: a CRM that lists all it has
 * holds up no engine. Straight-line: for virtual threads.
 *
 * <p>A question that takes longer than {@code siaran.sql.read-timeout}, or that waits as long for its turn, is a {@link
 * Refusal} (503 with {@code Retry-After}). One user has only some of the connections ({@link UserPlaces}): else few slow questions
 * of one would be everybody's 503.
 */
@ApplicationScoped
public class Reads {

    private static final String QUERY_CANCELED = "57014";
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);

    /** Of each statement, until the transaction ends. */
    private static final String LIMIT = "SELECT set_config('statement_timeout', $1, true)";

    private final Instance<Pool> pool;
    private final JsonWebToken token;
    private final UserPlaces places;

    /** A service without such a pool never asks for it. */
    Reads(@ReactiveDataSource("reads") Instance<Pool> pool, JsonWebToken token, FairShareConfig config) {
        this.pool = pool;
        this.token = token;
        this.places = new UserPlaces(
                Math.max(1, config.readsAtOnce()),
                config.readsPatience(),
                "you read too much at once: ask for less, or for fewer things at a time");
    }

    public RowSet<Row> run(String sql, Object... arguments) {
        // A statement by itself would wait for a connection without a limit.
        return inTransaction(tx -> tx.run(sql, arguments));
    }

    /** Everything that {@code work} reads is of one transaction. */
    public <T> T inTransaction(Function<Tx, T> work) {
        String user = user();
        return user == null ? read(work) : places.in(user, () -> read(work));
    }

    /** As {@link #inTransaction}, for what can be done without: empty where it would take longer than so long. */
    public <T> Optional<T> within(Duration atMost, Function<Tx, T> work) {
        try {
            return Optional.of(inTransaction(tx -> {
                tx.run(LIMIT, Long.toString(atMost.toMillis()));
                return work.apply(tx);
            }));
        } catch (Refusal tooLong) {
            if (tooLong.code() != ProblemCode.UNAVAILABLE) {
                throw tooLong;
            }
            return Optional.empty();
        }
    }

    private <T> T read(Function<Tx, T> work) {
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

    /** Whose request this thread answers, or null: nobody's. */
    private String user() {
        return Arc.container().requestContext().isActive() ? token.getSubject() : null;
    }

    private static Refusal busy() {
        return Refusal.unavailable("too much is being read at once", AGAIN_AFTER);
    }
}
