package io.siaran.dispatch.analytics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.dispatch.setaside.SetAside;
import io.siaran.kafka.Outbox;
import io.siaran.model.MessageState;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Folds the differences of the last second and tells each campaign's progress once: one replica in each second. A difference
 * that the database refuses is found within some seconds, put aside with its reason, and holds nothing else up.
 */
@ApplicationScoped
class FoldCounts {

    private static final String FOLD = Sql.load(FoldCounts.class, "fold.sql");
    private static final String DEPTH = Sql.load(FoldCounts.class, "depth.sql");
    private static final String TURN = Sql.load(FoldCounts.class, "turn.sql");
    private static final String SET_ASIDE = Sql.load(FoldCounts.class, "set-aside.sql");
    private static final String OLDEST = "SELECT id FROM status_deltas ORDER BY id LIMIT 1";

    /** More than a busy second leaves; what is beyond waits for the next. */
    private static final int DIFFERENCES = 50_000;

    private static final List<MessageState> OPEN =
            List.of(MessageState.PENDING, MessageState.PROCESSING, MessageState.UNKNOWN);

    private final Database database;
    private final Outbox outbox;
    private final SetAside setAside;
    private final Map<MessageState, AtomicLong> depth;

    /** The difference that was folded alone last; folds of a process never overlap. */
    private long tried;

    FoldCounts(Database database, Outbox outbox, SetAside setAside, MeterRegistry metrics) {
        this.database = database;
        this.setAside = setAside;
        this.outbox = outbox;
        this.depth = OPEN.stream().collect(Collectors.toMap(Function.identity(), state -> new AtomicLong()));
        depth.forEach((state, messages) -> Gauge.builder("siaran.queue.depth", messages, AtomicLong::get)
                .tag("status", state.wire())
                .description("Messages of the queue that have not ended, by status")
                .register(metrics));
    }

    /** Makes this bean, and with it the series, at the start. */
    void exist(@Observes StartupEvent started) {}

    @Scheduled(every = "{siaran.analytics.fold-interval}", concurrentExecution = ConcurrentExecution.SKIP)
    void fold() {
        boolean done;
        do {
            done = setAside.batch(DIFFERENCES, this::fold, this::putAside);
        } while (!done);
        Row now = database.run(DEPTH).iterator().next();
        depth.forEach((state, messages) -> messages.set(now.getLong(state.wire())));
    }

    private void fold(int differences) {
        int progress = database.inTransaction(tx -> foldIfNobodyDid(tx, differences));
        if (progress > 0) {
            outbox.wake();
        }
    }

    private int foldIfNobodyDid(Tx tx, int differences) {
        boolean mine = tx.run(TURN).rowCount() == 1;
        if (mine && differences == 1) {
            tx.run(OLDEST).forEach(row -> tried = row.getLong("id"));
        }
        return mine ? tx.run(FOLD, differences).rowCount() : 0;
    }

    private void putAside(PgException refusal) {
        database.run(SET_ASIDE, tried, SetAside.reason(refusal));
        setAside.tell("fold", "difference=" + tried, refusal);
    }
}
