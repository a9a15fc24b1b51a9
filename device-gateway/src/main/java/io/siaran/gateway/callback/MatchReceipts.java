package io.siaran.gateway.callback;

import io.siaran.gateway.callback.CallbackMetrics.Receipt;
import io.siaran.gateway.device.CallbackConfig;
import io.siaran.kafka.Outbox;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Finds the messages that receipts are about, and tells dispatch. */
@ApplicationScoped
class MatchReceipts {

    private static final String LOCK = Sql.load(MatchReceipts.class, "lock-receipts.sql");
    private static final String MATCH = Sql.load(MatchReceipts.class, "match-receipts.sql");
    private static final int BATCH = 500;

    private final Database database;
    private final Outbox outbox;
    private final SetAside setAside;
    private final CallbackMetrics metrics;
    private final int hours;
    private final int mostUnmatched;

    MatchReceipts(Database database, Outbox outbox, SetAside setAside, CallbackMetrics metrics, CallbackConfig config) {
        this.database = database;
        this.outbox = outbox;
        this.setAside = setAside;
        this.metrics = metrics;
        this.hours = Math.toIntExact(config.matchFor().toHours());
        this.mostUnmatched = config.unmatchedOfDevice();
    }

    /** Answers whether there may be more. */
    boolean matchSome() {
        return setAside.receipts(BATCH, this::match);
    }

    private int match(Long[] only) {
        return database.inTransaction(tx -> match(tx, only)).map(this::count).orElse(0);
    }

    /** What became of those that are due; empty where none is. */
    Optional<Row> match(Tx tx, Long[] only) {
        List<Row> taken = StreamSupport.stream(tx.run(LOCK, BATCH, only).spliterator(), false)
                .toList();
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        Columns<Row> receipts = new Columns<>(taken);
        return Optional.of(tx.run(
                        MATCH,
                        receipts.longs(row -> row.getLong("id")),
                        hours,
                        mostUnmatched,
                        receipts.booleans(row -> row.getBoolean("is_found")))
                .iterator()
                .next());
    }

    /** Answers how many receipts were looked at. */
    private int count(Row row) {
        metrics.count(Receipt.DELIVERED, row.getLong("delivered"));
        metrics.count(Receipt.READ, row.getLong("read"));
        metrics.count(Receipt.REFUSED, row.getLong("refused"));
        metrics.count(Receipt.PROVED, row.getLong("proved"));
        metrics.count(Receipt.REPEATED, row.getLong("repeated"));
        metrics.count(Receipt.UNMATCHED, row.getLong("given_up"));
        outbox.wake();
        return row.getInteger("looked");
    }
}
