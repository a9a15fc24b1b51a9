package io.siaran.dispatch.queue;

import io.siaran.sql.Columns;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The one way in which unsent messages are stopped, whoever stops them. */
@ApplicationScoped
class EndUnsent {

    private static final String END = Sql.load(EndUnsent.class, "end-unsent.sql");

    private final MessageMetrics metrics;

    EndUnsent(MessageMetrics metrics) {
        this.metrics = metrics;
    }

    /** Rows of {@code (id, reason)}, of which those without a reason stay; answers how many have one. */
    int end(Tx tx, Iterable<Row> rows) {
        var columns = new Columns<>(StreamSupport.stream(rows.spliterator(), false)
                .filter(EndUnsent::hasReason)
                .toList());
        if (columns.rows().isEmpty()) {
            return 0;
        }
        end(tx, columns.uuids(row -> row.getUUID("id")), columns.texts(row -> row.getString("reason")));
        return columns.rows().size();
    }

    /** Messages and their reasons, place by place. */
    void end(Tx tx, UUID[] messages, String[] reasons) {
        metrics.moved(tx.run(END, messages, reasons));
    }

    static boolean hasReason(Row row) {
        return row.getString("reason") != null;
    }
}
