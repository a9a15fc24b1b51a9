package io.siaran.gateway.callback;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.siaran.gateway.device.CallbackConfig;
import io.siaran.gateway.journal.Housekeeping;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Finds devices whose messages are accepted and no longer delivered, by what is usual for each. Nothing is held for it: a person
 * looks at the phone.
 */
@ApplicationScoped
class WatchReceipts {

    private static final Logger LOG = Logger.getLogger(WatchReceipts.class);
    private static final String WATCH = Sql.load(WatchReceipts.class, "watch-receipts.sql");
    private static final String COUNT = Sql.load(WatchReceipts.class, "count-silent.sql");

    /** Before that many receipts nobody knows what is usual. */
    private static final int RECEIPTS_KNOWN = 20;

    private final Database database;
    private final Housekeeping housekeeping;
    private final CallbackConfig config;
    private final AtomicLong silent = new AtomicLong();

    WatchReceipts(Database database, Housekeeping housekeeping, CallbackConfig config, MeterRegistry registry) {
        this.database = database;
        this.housekeeping = housekeeping;
        this.config = config;
        Gauge.builder("siaran.devices.silent", silent, AtomicLong::get)
                .description("devices whose messages are accepted while their receipts stopped; they still send")
                .register(registry);
    }

    /** Makes this bean, and with it the series, at the start. */
    void exist(@Observes StartupEvent started) {}

    @Scheduled(every = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void watch() {
        housekeeping.run("watching the receipts", () -> {
            look();
            return false;
        });
    }

    void look() {
        for (Row row :
                database.run(WATCH, config.receiptsWithin().toMillis(), config.receiptsMissing(), RECEIPTS_KNOWN)) {
            LOG.warnf("messages are accepted and no receipt comes any more device=%s", row.getUUID("device_id"));
        }
        silent.set(database.run(COUNT).iterator().next().getLong("silent"));
    }
}
