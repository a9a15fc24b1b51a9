package io.siaran.gateway.history;

import io.quarkus.scheduler.Scheduled;
import io.siaran.gateway.journal.Housekeeping;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;

/** Deletes what became of devices so long ago that nobody asks for it. */
@ApplicationScoped
class ForgetDeviceEvents {

    private static final String FORGET = Sql.load(ForgetDeviceEvents.class, "forget-events.sql");
    private static final int BATCH = 2_000;

    private final Database database;
    private final Housekeeping housekeeping;
    private final int hours;

    ForgetDeviceEvents(Database database, Housekeeping housekeeping, HistoryConfig config) {
        this.database = database;
        this.housekeeping = housekeeping;
        this.hours = Math.toIntExact(config.keep().toHours());
    }

    @Scheduled(every = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void forget() {
        housekeeping.run("forgetting old events of devices", this::forgetSome);
    }

    private boolean forgetSome() {
        return database.run(FORGET, hours, BATCH).rowCount() == BATCH;
    }
}
