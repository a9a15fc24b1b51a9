package io.siaran.dispatch.webhook;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicLong;

/** Clears up behind webhooks that are disabled or gone, and tells operators how late deliveries are. */
@ApplicationScoped
class WebhookJobs {

    private static final String LATE = Sql.load(WebhookJobs.class, "late.sql");
    private static final String CLEAR = Sql.load(WebhookJobs.class, "clear.sql");
    private static final String FORGET_DELETED = """
            DELETE FROM webhooks AS w WHERE w.deleted
              AND NOT EXISTS (SELECT FROM webhook_deliveries AS d WHERE d.webhook_id = w.id)
              AND NOT EXISTS (SELECT FROM webhook_lanes AS l WHERE l.webhook_id = w.id)
            """;
    private static final int BATCH = 5_000;

    private final Database database;
    private final AtomicLong late = new AtomicLong();
    private final AtomicLong failing = new AtomicLong();

    WebhookJobs(Database database, MeterRegistry metrics) {
        this.database = database;
        Gauge.builder("siaran.webhook.late", late, AtomicLong::get)
                .baseUnit("seconds")
                .description(
                        "How long what may be delivered waits to be: an event for its number, or a delivery for its turn")
                .register(metrics);
        Gauge.builder("siaran.webhook.failing", failing, AtomicLong::get)
                .description("Webhooks of which nothing arrived since their last failure")
                .register(metrics);
    }

    /** Makes this bean, and with it the series, at the start. */
    void exist(@Observes StartupEvent started) {}

    @Scheduled(every = "15s", concurrentExecution = ConcurrentExecution.SKIP)
    void look() {
        Row now = database.run(LATE).iterator().next();
        late.set(now.getLong("late"));
        failing.set(now.getLong("failing"));
    }

    /** In batches, each a transaction of its own. */
    @Scheduled(every = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    void clear() {
        int cleared;
        do {
            cleared = database.run(CLEAR, BATCH).iterator().next().getInteger("cleared");
        } while (cleared > 0);
    }

    @Scheduled(every = "24h", concurrentExecution = ConcurrentExecution.SKIP)
    void forgetDeleted() {
        database.run(FORGET_DELETED);
    }
}
