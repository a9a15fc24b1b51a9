package io.siaran.gateway.callback;

import io.quarkus.scheduler.Scheduled;
import io.siaran.gateway.journal.Housekeeping;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Measures what waits in the inbox, and which replies nobody can be told of. */
@ApplicationScoped
class WatchInbox {

    private static final String WATCH = Sql.load(WatchInbox.class, "watch-inbox.sql");

    private final Database database;
    private final Housekeeping housekeeping;
    private final CallbackMetrics metrics;

    WatchInbox(Database database, Housekeeping housekeeping, CallbackMetrics metrics) {
        this.database = database;
        this.housekeeping = housekeeping;
        this.metrics = metrics;
    }

    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void watch() {
        housekeeping.run("watching the inbox", () -> {
            measure();
            return false;
        });
    }

    void measure() {
        Row row = look();
        metrics.state(
                row.getLong("waiting"),
                Duration.ofSeconds(row.getLong("oldest_seconds")),
                row.getLong("hidden"),
                row.getLong("hidden_stops"));
    }

    private Row look() {
        try {
            return database.run(WATCH).iterator().next();
        } catch (RuntimeException away) {
            metrics.stateIsUnknown();
            throw away;
        }
    }
}
