package io.siaran.localstack;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.model.Json;
import java.util.function.UnaryOperator;

/** What a query reads: rows of tables and indexes, as EXPLAIN counts them; one that is filtered out costs as much as one that matches. */
public final class RowsRead {

    private RowsRead() {}

    /**
     * By a query, which is carried out.
     *
     * @param ask runs a statement with the arguments of the query, and gives its one value
     */
    public static long by(UnaryOperator<String> ask, String sql) {
        return in(Json.read(ask.apply("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) " + sql), JsonNode.class));
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
