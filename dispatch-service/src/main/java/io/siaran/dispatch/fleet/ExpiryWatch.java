package io.siaran.dispatch.fleet;

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
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * Warns while there is still time: of devices that cannot speak before their messages expire. As a metric, and once a
 * device and day in the log of whichever replica saw it first.
 */
@ApplicationScoped
class ExpiryWatch {

    private static final Logger LOG = Logger.getLogger(ExpiryWatch.class);
    private static final String EXPIRING = Sql.load(ExpiryWatch.class, "expiring.sql");
    private static final String WARN_ONCE = Sql.load(ExpiryWatch.class, "warn-once.sql");
    /** Bounds what one look counts; beyond it the numbers are at least so high. */
    private static final int MESSAGES = 100_000;

    private final Database database;
    private final FleetConfig config;
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong devices = new AtomicLong();

    ExpiryWatch(Database database, FleetConfig config, MeterRegistry metrics) {
        this.database = database;
        this.config = config;
        Gauge.builder("siaran.queue.expiring", messages, AtomicLong::get)
                .description("Messages that expire soon and whose device may not speak")
                .register(metrics);
        Gauge.builder("siaran.queue.expiring.devices", devices, AtomicLong::get)
                .description("Devices of those messages")
                .register(metrics);
    }

    /** Makes this bean, and with it the series, at the start. */
    void exist(@Observes StartupEvent started) {}

    @Scheduled(every = "{siaran.fleet.watch-interval}", concurrentExecution = ConcurrentExecution.SKIP)
    void look() {
        List<Row> expiring = rows(
                database.run(EXPIRING, Math.toIntExact(config.warnBeforeExpiry().toSeconds()), MESSAGES));
        messages.set(expiring.stream().mapToLong(row -> row.getLong("messages")).sum());
        devices.set(expiring.size());
        Set<UUID> toWarnOf = rows(database.run(WARN_ONCE, (Object)
                        expiring.stream().map(ExpiryWatch::device).toArray(UUID[]::new)))
                .stream()
                .map(ExpiryWatch::device)
                .collect(Collectors.toSet());
        expiring.stream().filter(row -> toWarnOf.contains(device(row))).forEach(ExpiryWatch::warn);
    }

    private static void warn(Row row) {
        LOG.warnf(
                "messages expire before their device may speak device=%s messages=%d first=%s device_status=%s hold=%s",
                device(row),
                row.getLong("messages"),
                row.getOffsetDateTime("first").toInstant(),
                row.getString("status"),
                row.getString("hold_reason"));
    }

    private static UUID device(Row row) {
        return row.getUUID("device_id");
    }

    private static List<Row> rows(Iterable<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).toList();
    }
}
