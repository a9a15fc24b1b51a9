package io.siaran.sql;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Arrays;

/** One open transaction, for straight-line code; made by {@link Database#inTransaction}. */
public final class Tx {

    private final SqlConnection connection;

    Tx(SqlConnection connection) {
        this.connection = connection;
    }

    /** Runs one statement with {@code $1 …} arguments and waits for its rows. */
    public RowSet<Row> run(String sql, Object... arguments) {
        return Answer.of(connection.preparedQuery(sql).execute(Tuple.from(Arrays.asList(arguments))));
    }

    /** The connection below, for callers that compose instead of waiting. */
    public SqlConnection connection() {
        return connection;
    }
}
