package io.siaran.gateway.breaker;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.siaran.kafka.Outbox;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * The breakers of hosts: opens one when many of its devices are held, has a device probe it now and then, and lets the devices
 * go, evenly, once it serves again. It closes where a call ends that is served, by the journal. Every instance does this;
 * the rows of the hosts see to it that each thing is done once.
 */
@ApplicationScoped
class WatchHosts {

    private static final Logger LOG = Logger.getLogger(WatchHosts.class);
    private static final String OPEN = Sql.load(WatchHosts.class, "open-hosts.sql");
    private static final String PROBE = Sql.load(WatchHosts.class, "probe-hosts.sql");
    private static final String RELEASE = Sql.load(WatchHosts.class, "release-held.sql");
    private static final String COUNT = Sql.load(WatchHosts.class, "count-trouble.sql");
    private static final String FORGET = Sql.load(WatchHosts.class, "forget-hosts.sql");

    /** A host with few devices takes all of them within a second or two. */
    private static final int RELEASED_A_SECOND = 10;

    private static final Duration FIRST_PROBE = Duration.ofSeconds(10);

    private final Database database;
    private final Outbox outbox;
    private final BreakerConfig config;
    private final BreakerMetrics metrics;
    private volatile boolean stopping;

    WatchHosts(Database database, Outbox outbox, BreakerConfig config, BreakerMetrics metrics) {
        this.database = database;
        this.outbox = outbox;
        this.config = config;
        this.metrics = metrics;
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void watch() {
        attempt("the breakers of hosts", () -> {
            open();
            probe();
            release();
            count();
        });
    }

    @Scheduled(every = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void forget() {
        attempt("forgetting hosts", () -> database.run(FORGET));
    }

    private void attempt(String what, Runnable work) {
        if (stopping) {
            return;
        }
        try {
            work.run();
        } catch (RuntimeException failure) {
            if (!stopping) {
                LOG.warnf("%s: put off until the next look: %s", what, failure.toString());
            }
        }
    }

    private void open() {
        for (Row host : database.run(
                OPEN,
                config.threshold(),
                config.hostDevices(),
                config.hostShare(),
                config.hostQuiet().toMillis(),
                earlier(FIRST_PROBE, config.hostProbeEvery()).toMillis())) {
            metrics.hostOpened();
            LOG.warnf(
                    "a platform's host is in trouble, its devices wait host=%s held=%d of=%d",
                    host.getString("host"), host.getLong("holding"), host.getLong("calling"));
        }
    }

    private void probe() {
        int probes = database.run(PROBE, config.hostProbeEvery().toMillis()).rowCount();
        metrics.hostsProbed(probes);
        told(probes);
    }

    private void release() {
        double seconds = config.hostReleaseWithin().toMillis() / 1_000.0;
        told(database.run(RELEASE, RELEASED_A_SECOND, Math.max(seconds, 1)).rowCount());
    }

    private void count() {
        Row now = database.run(COUNT).iterator().next();
        metrics.now(now.getLong("hosts"), now.getLong("devices"));
    }

    private void told(int snapshots) {
        if (snapshots > 0) {
            outbox.wake();
        }
    }

    private static Duration earlier(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
