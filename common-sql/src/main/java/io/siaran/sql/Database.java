package io.siaran.sql;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Straight-line access to the service's database, for engines on virtual or worker threads: every call waits, none may be
 * made on an event loop. No call waits longer than two minutes for the server; what it asked for may then have been done.
 * Prepared statements are cached per connection.
 */
@ApplicationScoped
public class Database {

    private final Pool pool;

    public Database(Pool pool) {
        this.pool = pool;
    }

    /** Runs one statement in a transaction of its own. */
    public RowSet<Row> run(String sql, Object... arguments) {
        return Await.of(pool.preparedQuery(sql).execute(Tuple.from(Arrays.asList(arguments))));
    }

    /**
     * Runs the statement once for each tuple of arguments, all in one transaction and one round trip: what they lock they
     * hold until the last has run, and where one is refused none has happened. Answers the rows of each, in their order.
     */
    public List<RowSet<Row>> runAll(String sql, List<Object[]> tuples) {
        RowSet<Row> rows = Await.of(pool.preparedQuery(sql)
                .executeBatch(tuples.stream()
                        .map(arguments -> Tuple.from(Arrays.asList(arguments)))
                        .toList()));
        List<RowSet<Row>> all = new ArrayList<>(tuples.size());
        for (RowSet<Row> each = rows; each != null; each = each.next()) {
            all.add(each);
        }
        return all;
    }

    /** Commits what {@code work} did and gives its value; rolls back on any throw, which goes on to the caller. */
    public <T> T inTransaction(Function<Tx, T> work) {
        SqlConnection connection = Await.of(pool.getConnection());
        try {
            Transaction transaction = Await.of(connection.begin());
            T value = workOrRollBack(work, connection, transaction);
            Await.of(transaction.commit());
            return value;
        } finally {
            Await.of(connection.close());
        }
    }

    /** As {@link #inTransaction}, for work that gives no value. */
    public void doInTransaction(Consumer<Tx> work) {
        inTransaction(tx -> {
            work.accept(tx);
            return null;
        });
    }

    private static <T> T workOrRollBack(Function<Tx, T> work, SqlConnection connection, Transaction transaction) {
        try {
            return work.apply(new Tx(connection));
        } catch (RuntimeException | Error failure) {
            try {
                Await.of(transaction.rollback());
            } catch (RuntimeException connectionIsGone) {
                // The server rolls back what a lost connection left open; the first failure is the one to tell.
                failure.addSuppressed(connectionIsGone);
            }
            throw failure;
        }
    }
}
