package io.siaran.gateway.registration;

import io.quarkus.scheduler.Scheduled;
import io.siaran.gateway.device.DeviceRules;
import io.siaran.kafka.Outbox;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Stretches the pauses of devices that are not well, of those whose owners want it ({@code auto_slow}), and lets them go once they
 * are well again. Every instance does this; the rows of the devices see to it that each change is made once.
 */
@ApplicationScoped
class AutoSlow {

    private static final Logger LOG = Logger.getLogger(AutoSlow.class);
    private static final String SOME =
            "SELECT id FROM devices WHERE auto_slow AND NOT deleted AND id > $1 ORDER BY id LIMIT 500";
    private static final String ACTIVITY = Sql.load(AutoSlow.class, "activity.sql");
    private static final String SLOW_DOWN = Sql.load(AutoSlow.class, "slow-down.sql");

    private final Database database;
    private final Outbox outbox;
    private final DeviceRules rules;
    private final Clock clock;

    AutoSlow(Database database, Outbox outbox, DeviceRules rules, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.rules = rules;
        this.clock = clock;
    }

    @Scheduled(every = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void watch() {
        try {
            look();
        } catch (RuntimeException failure) {
            LOG.warnf("devices that are to be slowed down wait for the next look: %s", failure.toString());
        }
    }

    void look() {
        UUID last = new UUID(0, 0);
        List<UUID> some = after(last);
        while (!some.isEmpty()) {
            look(some);
            last = some.getLast();
            some = after(last);
        }
    }

    private void look(List<UUID> devices) {
        List<UUID> changed = new ArrayList<>();
        List<Integer> factors = new ArrayList<>();
        Instant now = clock.instant();
        for (Row row : database.run(ACTIVITY, (Object) devices.toArray(UUID[]::new))) {
            DeviceActivity activity = new DeviceActivity(row, rules, now);
            int next = activity.score().nextFactor(activity.slowFactor());
            if (next != activity.slowFactor()) {
                changed.add(row.getUUID("id"));
                factors.add(next);
            }
        }
        if (!changed.isEmpty()) {
            int moved = database.run(SLOW_DOWN, changed.toArray(UUID[]::new), factors.toArray(Integer[]::new))
                    .rowCount();
            LOG.infof("devices whose pauses are stretched otherwise from now on: %d", moved);
            outbox.wake();
        }
    }

    private List<UUID> after(UUID last) {
        List<UUID> found = new ArrayList<>();
        database.run(SOME, last).forEach(row -> found.add(row.getUUID("id")));
        return found;
    }
}
