package io.siaran.sql;

import io.vertx.mutiny.sqlclient.Cursor;
import io.vertx.mutiny.sqlclient.PreparedStatement;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Arrays;
import java.util.function.Consumer;

/** One open transaction, for straight-line code; made by {@link Database#inTransaction}. */
public final class Tx {

    private final SqlConnection connection;

    Tx(SqlConnection connection) {
        this.connection = connection;
    }

    /** Runs one statement with {@code $1 …} arguments and waits for its rows. */
    public RowSet<Row> run(String sql, Object... arguments) {
        return Await.of(connection.preparedQuery(sql).execute(Tuple.from(Arrays.asList(arguments))));
    }

    /** As {@link #run}, for more rows than memory should hold: all of one moment, and so many of them are fetched at a time. */
    public void each(int atATime, Consumer<Row> row, String sql, Object... arguments) {
        PreparedStatement statement = Await.of(connection.prepare(sql));
        try {
            Cursor cursor = statement.cursor(Tuple.from(Arrays.asList(arguments)));
            do {
                Await.of(cursor.read(atATime)).forEach(row);
            } while (cursor.hasMore());
            Await.of(cursor.close());
        } finally {
            Await.of(statement.close());
        }
    }

    /** The connection below, for callers that compose instead of waiting. */
    public SqlConnection connection() {
        return connection;
    }
}
