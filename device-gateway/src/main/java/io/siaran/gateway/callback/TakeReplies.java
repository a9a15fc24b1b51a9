package io.siaran.gateway.callback;

import io.siaran.kafka.Outbox;
import io.siaran.model.TimeOrderedId;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Keeps what people wrote, and publishes it where it is known who did. */
@ApplicationScoped
class TakeReplies {

    static final String TAKE = Sql.load(TakeReplies.class, "take-replies.sql");
    private static final int BATCH = 200;

    private final Database database;
    private final Outbox outbox;
    private final SetAside setAside;
    private final CallbackMetrics metrics;
    private final Clock clock;
    private final RandomGenerator random;

    TakeReplies(
            Database database,
            Outbox outbox,
            SetAside setAside,
            CallbackMetrics metrics,
            Clock clock,
            RandomGenerator random) {
        this.database = database;
        this.outbox = outbox;
        this.setAside = setAside;
        this.metrics = metrics;
        this.clock = clock;
        this.random = random;
    }

    /** Answers whether there may be more. */
    boolean takeSome() {
        return setAside.replies(BATCH, this::take);
    }

    private int take(Long[] only) {
        Row row = database.run(TAKE, ids(), only).iterator().next();
        metrics.countReplies(row.getLong("told"));
        if (row.getLong("told") > 0) {
            outbox.wake();
        }
        return row.getLong("looked").intValue();
    }

    private UUID[] ids() {
        return Stream.generate(() -> TimeOrderedId.v7(clock.instant(), random))
                .limit(BATCH)
                .sorted()
                .toArray(UUID[]::new);
    }
}
