package io.siaran.gateway.callback;

import io.siaran.gateway.callback.CallbackMetrics.Receipt;
import io.siaran.gateway.device.CallbackConfig;
import io.siaran.kafka.Outbox;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

/** Finds the messages that receipts are about, and tells dispatch. */
@ApplicationScoped
class MatchReceipts {

    static final String MATCH = Sql.load(MatchReceipts.class, "match-receipts.sql");
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
        Row row = database.run(MATCH, BATCH, hours, only, mostUnmatched)
                .iterator()
                .next();
        int looked = row.getLong("looked").intValue();
        if (looked > 0) {
            metrics.count(Receipt.DELIVERED, row.getLong("delivered"));
            metrics.count(Receipt.READ, row.getLong("read"));
            metrics.count(Receipt.REFUSED, row.getLong("refused"));
            metrics.count(Receipt.PROVED, row.getLong("proved"));
            metrics.count(Receipt.REPEATED, row.getLong("repeated"));
            metrics.count(Receipt.UNMATCHED, row.getLong("given_up"));
            outbox.wake();
        }
        return looked;
    }
}
