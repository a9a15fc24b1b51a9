package io.siaran.dispatch.analytics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.kafka.Outbox;
import io.siaran.model.MessageState;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Folds the differences of the last second and tells each campaign's progress once: one replica in each second. */
@ApplicationScoped
class FoldCounts {

    private static final String FOLD = Sql.load(FoldCounts.class, "fold.sql");
    private static final String DEPTH = Sql.load(FoldCounts.class, "depth.sql");
    private static final String TURN = Sql.load(FoldCounts.class, "turn.sql");

    /** More than a busy second leaves; what is beyond waits for the next. */
    private static final int DIFFERENCES = 50_000;

    private static final List<MessageState> OPEN =
            List.of(MessageState.PENDING, MessageState.PROCESSING, MessageState.UNKNOWN);

    private final Database database;
    private final Outbox outbox;
    private final Map<MessageState, AtomicLong> depth;

    FoldCounts(Database database, Outbox outbox, MeterRegistry metrics) {
        this.database = database;
        this.outbox = outbox;
        this.depth = OPEN.stream().collect(Collectors.toMap(Function.identity(), state -> new AtomicLong()));
        depth.forEach((state, messages) ->
                metrics.gauge("siaran.queue.depth", List.of(Tag.of("status", state.wire())), messages));
    }

    @Scheduled(every = "{siaran.analytics.fold-interval}", concurrentExecution = ConcurrentExecution.SKIP)
    void fold() {
        int told = database.inTransaction(FoldCounts::foldIfNobodyDid);
        if (told > 0) {
            outbox.wake();
        }
        Row now = database.run(DEPTH).iterator().next();
        depth.forEach((state, messages) -> messages.set(now.getLong(state.wire())));
    }

    private static int foldIfNobodyDid(Tx tx) {
        boolean mine = tx.run(TURN).rowCount() == 1;
        return mine ? tx.run(FOLD, DIFFERENCES).rowCount() : 0;
    }
}
