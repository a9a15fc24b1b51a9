package io.siaran.gateway.linking;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.siaran.gateway.device.Health;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** What the checks of devices find. Every series is there from the start, at 0. */
@ApplicationScoped
class CheckMetrics {

    private static final Logger LOG = Logger.getLogger(CheckMetrics.class);
    private static final String COUNT = Sql.load(CheckMetrics.class, "count-devices.sql");

    private final Database database;
    private final Counter connected;
    private final Counter notConnected;
    private final Counter refused;
    private final Counter cannotBeAsked;
    private final Counter passedOver;
    private final AtomicLong unreachable = new AtomicLong();
    private final AtomicLong refusing = new AtomicLong();

    CheckMetrics(Database database, MeterRegistry registry) {
        this.database = database;
        this.connected = answers(registry, "connected");
        this.notConnected = answers(registry, "not_connected");
        this.refused = answers(registry, "refused");
        this.cannotBeAsked = answers(registry, "cannot_be_asked");
        this.passedOver = answers(registry, "passed_over");
        Gauge.builder("siaran.devices.unreachable", unreachable, AtomicLong::get)
                .description(
                        "devices whose platform could not be asked about them three times in a row; they still send")
                .register(registry);
        Gauge.builder("siaran.devices.refusing.contacts", refusing, AtomicLong::get)
                .description("devices of which the platform refused five contacts in a row and more")
                .register(registry);
    }

    /** Makes this bean, and with it the series, at the start. */
    void exist(@Observes StartupEvent started) {}

    private static Counter answers(MeterRegistry registry, String answer) {
        return Counter.builder("siaran.checks")
                .description("checks of devices by what the platform answered; passed_over: its server or its"
                        + " user has as many checks under way as it may")
                .tag("answer", answer)
                .register(registry);
    }

    void answered(Health health) {
        Counter counter = switch (health) {
            case Health.Connected _ -> connected;
            case Health.NotConnected _ -> notConnected;
            case Health.Refused _ -> refused;
            case Health.CannotBeAsked _ -> cannotBeAsked;
        };
        counter.increment();
    }

    void passedOver() {
        passedOver.increment();
    }

    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void count() {
        try {
            Row now = database.run(COUNT).iterator().next();
            unreachable.set(now.getLong("unreachable"));
            refusing.set(now.getLong("refusing"));
        } catch (RuntimeException databaseIsAway) {
            LOG.debugf("devices are not counted now: %s", databaseIsAway.toString());
        }
    }
}
