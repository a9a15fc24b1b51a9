package io.siaran.gateway.callback;

import io.siaran.kafka.Outbox;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Publishes replies from behind a LID once it is known who wrote them. */
@ApplicationScoped
class ResolveSenders {

    private static final String KNOWN = Sql.load(ResolveSenders.class, "resolve-known.sql");
    private static final int BATCH = 200;

    private final Database database;
    private final Outbox outbox;
    private final SetAside setAside;
    private final CallbackMetrics metrics;

    ResolveSenders(Database database, Outbox outbox, SetAside setAside, CallbackMetrics metrics) {
        this.database = database;
        this.outbox = outbox;
        this.setAside = setAside;
        this.metrics = metrics;
    }

    /** Publishes what is known by now; answers whether there may be more. Asks nobody. */
    boolean tellKnown() {
        return setAside.senders(BATCH, this::tell);
    }

    private int tell(UUID[] only) {
        int told = database.run(KNOWN, BATCH, only).rowCount();
        if (told > 0) {
            metrics.countReplies(told);
            outbox.wake();
        }
        return told;
    }
}
