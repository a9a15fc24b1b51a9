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
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Shows how many devices are in which state. Looked at every minute, never by a scrape, and by every instance alike: take the
 * maximum, which passes over who has not looked yet or could not twice in a row, since that shows NaN.
 *
 * <p>A look visits each device that is not deleted, in the index and, where the table was not vacuumed since, its row: 10,000 a
 * minute of each instance for a fleet of that size.
 */
@ApplicationScoped
class CountConditions {

    static final String COUNT = Sql.load(CountConditions.class, "count-conditions.sql");

    private static final Logger LOG = Logger.getLogger(CountConditions.class);

    private final Database database;

    /** By how {@link DeviceCondition#wire} calls it; null while nobody knows. */
    private volatile Map<String, Long> devices;

    private int failures;

    CountConditions(Database database, MeterRegistry registry) {
        this.database = database;
        for (DeviceCondition condition : DeviceCondition.values()) {
            Gauge.builder("siaran.devices", this, conditions -> conditions.number(condition))
                    .tag("state", condition.wire())
                    .description("devices by what is known of them; only those that are online send")
                    .register(registry);
        }
    }

    /** Makes this bean, and with it the series, at the start. */
    void exist(@Observes StartupEvent started) {}

    @Scheduled(every = "60s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void look() {
        try {
            count();
            failures = 0;
        } catch (RuntimeException databaseIsAway) {
            failed(databaseIsAway);
        }
    }

    /** What was true a minute ago is shown once more, and not for as long as the database is away. Told of once. */
    private void failed(RuntimeException databaseIsAway) {
        if (failures == 0) {
            LOG.warnf("devices are not counted now: %s", databaseIsAway.toString());
        } else {
            devices = null;
        }
        failures++;
    }

    void count() {
        Map<String, Long> now = new HashMap<>();
        for (Row row : database.run(COUNT)) {
            now.put(row.getString("condition"), row.getLong("devices"));
        }
        devices = now;
    }

    private double number(DeviceCondition condition) {
        Map<String, Long> counted = devices;
        return counted == null ? Double.NaN : counted.getOrDefault(condition.wire(), 0L);
    }
}
