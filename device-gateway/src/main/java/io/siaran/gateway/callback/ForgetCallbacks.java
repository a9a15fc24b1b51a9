package io.siaran.gateway.callback;

import io.quarkus.scheduler.Scheduled;
import io.siaran.gateway.device.CallbackConfig;
import io.siaran.gateway.journal.Housekeeping;
import io.siaran.gateway.journal.JournalConfig;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

/** Deletes the platforms' ids that nobody asks for any more, and replies that are old enough. */
@ApplicationScoped
class ForgetCallbacks {

    private static final String FORGET = Sql.load(ForgetCallbacks.class, "forget-callbacks.sql");
    private static final int BATCH = 2_000;

    private final Database database;
    private final Housekeeping housekeeping;
    private final CallbackConfig config;
    private final JournalConfig lanes;

    ForgetCallbacks(Database database, Housekeeping housekeeping, CallbackConfig config, JournalConfig lanes) {
        this.database = database;
        this.housekeeping = housekeeping;
        this.config = config;
        this.lanes = lanes;
    }

    @Scheduled(every = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void forget() {
        housekeeping.run("forgetting old callbacks", this::forgetSome);
    }

    boolean forgetSome() {
        Row row = database.run(
                        FORGET,
                        BATCH,
                        Math.toIntExact(config.keepIds().toHours()),
                        Math.toIntExact(config.keepReplies().toHours()),
                        Math.toIntExact(lanes.replyLane().multipliedBy(2).toHours()) + 1)
                .iterator()
                .next();
        return row.getLong("ids") == BATCH || row.getLong("replies") == BATCH || row.getLong("people") == BATCH;
    }
}
