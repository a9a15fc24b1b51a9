package io.siaran.gateway.scene;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.model.Json;
import io.siaran.sql.Tx;

/** What a query reads: rows of tables and indexes, as EXPLAIN counts them; one that is filtered out costs as much as one that matches. */
public final class RowsRead {

    private RowsRead() {}

    /** By a query that is carried out, with the settings of that transaction. */
    public static long by(Tx tx, String sql, Object... arguments) {
        String plan = tx.run("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) " + sql, arguments)
                .iterator()
                .next()
                .getValue(0)
                .toString();
        return in(Json.read(plan, JsonNode.class));
    }

    private static long in(JsonNode node) {
        long here = node.path("Node Type").asText().matches("(Index|Seq|Bitmap).*Scan")
                ? node.path("Actual Loops").asLong()
                        * (node.path("Actual Rows").asLong()
                                + node.path("Rows Removed by Filter").asLong())
                : 0;
        long below = 0;
        for (JsonNode child : node) {
            below += child.isContainerNode() ? in(child) : 0;
        }
        return here + below;
    }
}
