package io.siaran.rest;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Arrays;
import java.util.Optional;

/** Over the Vert.x client: in the transaction of a connection, or on a pool. */
record ClientStatements(SqlClient client) implements Statements {

    @Override
    public Uni<Optional<Object>> value(String sql, Object... parameters) {
        return execute(sql, parameters).map(rows -> {
            var row = rows.iterator();
            return row.hasNext() ? Optional.ofNullable(row.next().getValue(0)) : Optional.empty();
        });
    }

    @Override
    public Uni<Integer> update(String sql, Object... parameters) {
        return execute(sql, parameters).map(SqlResult::rowCount);
    }

    private Uni<RowSet<Row>> execute(String sql, Object... parameters) {
        return client.preparedQuery(sql).execute(Tuple.from(Arrays.asList(parameters)));
    }
}
