package io.siaran.gateway.registration;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Shows how many devices are in which state. Looked at every 15 s, never by a scrape, and by every instance alike: take the
 * maximum. While the database is away the numbers of before stay.
 */
@ApplicationScoped
class CountConditions {

    static final String COUNT = Sql.load(CountConditions.class, "count-conditions.sql");

    private static final Logger LOG = Logger.getLogger(CountConditions.class);

    private final Database database;
    private final Map<DeviceCondition, AtomicLong> devices = new EnumMap<>(DeviceCondition.class);

    CountConditions(Database database, MeterRegistry registry) {
        this.database = database;
        for (DeviceCondition condition : DeviceCondition.values()) {
            AtomicLong number = new AtomicLong();
            devices.put(condition, number);
            Gauge.builder("siaran.devices", number, AtomicLong::get)
                    .tag("state", condition.wire())
                    .description("devices by what is known of them; only those that are online send")
                    .register(registry);
        }
    }

    /** Makes this bean, and with it the series, at the start. */
    void exist(@Observes StartupEvent started) {}

    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void look() {
        try {
            count();
        } catch (RuntimeException databaseIsAway) {
            LOG.debugf("devices are not counted now: %s", databaseIsAway.toString());
        }
    }

    void count() {
        Map<String, Long> now = new HashMap<>();
        for (Row row : database.run(COUNT)) {
            now.put(row.getString("condition"), row.getLong("devices"));
        }
        devices.forEach((condition, number) -> number.set(now.getOrDefault(condition.wire(), 0L)));
    }
}
