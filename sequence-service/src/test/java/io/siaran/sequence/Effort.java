package io.siaran.sequence;

import io.siaran.sql.Database;
import io.siaran.sql.Tx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicReference;

/** What a statement costs, as {@code EXPLAIN (ANALYZE, BUFFERS)} of the real server says; what it changes is undone. */
public final class Effort {

    private Effort() {}

    /** The pages of 8 KB that it touched, however often. */
    public static long pages(Database database, String sql, Object... arguments) {
        AtomicReference<JsonObject> plan = new AtomicReference<>();
        try {
            database.doInTransaction(tx -> {
                plan.set(explain(tx, sql, arguments));
                throw new Undone();
            });
        } catch (Undone expected) {
            // So that it costs the same the next time.
        }
        return plan.get().getLong("Shared Hit Blocks") + plan.get().getLong("Shared Read Blocks");
    }

    private static JsonObject explain(Tx tx, String sql, Object... arguments) {
        Object answer = tx.run("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + sql, arguments)
                .iterator()
                .next()
                .getValue(0);
        JsonArray plans = answer instanceof JsonArray array ? array : new JsonArray(answer.toString());
        return plans.getJsonObject(0).getJsonObject("Plan");
    }

    private static final class Undone extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
