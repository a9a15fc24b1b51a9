package io.siaran.gateway.linking;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.ConnectedDevices;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.UnreadableDevice;
import io.siaran.gateway.provider.Providers;
import io.siaran.gateway.registration.DeviceChecks;
import io.siaran.gateway.registration.DeviceChecks.Observation;
import io.siaran.gateway.registration.DueChecks;
import io.siaran.gateway.registration.DueChecks.Due;
import io.siaran.model.DeviceId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * Asks the platforms of the devices whose check is due, and moves the devices as they say. However many there are, the
 * database is asked a few times a second: for whose turn it is, for what they are, and to write what became of them.
 */
@ApplicationScoped
class CheckDevices {

    private static final Logger LOG = Logger.getLogger(CheckDevices.class);

    private final DueChecks dueChecks;
    private final ConnectedDevices devices;
    private final Providers providers;
    private final CheckMetrics metrics;
    private final LinkDevice links;
    private final LinkingConfig config;
    private final Observations observations;
    private final CheckPermits permits;
    /**
     * Our own, not Quarkus': those hand the job's Vert.x context on, and with it one database session to all of them.
     */
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("check-", 0).factory());

    private volatile boolean stopping;

    CheckDevices(
            DueChecks dueChecks,
            DeviceChecks checks,
            ConnectedDevices devices,
            Providers providers,
            CheckMetrics metrics,
            LinkDevice links,
            LinkingConfig config) {
        this.dueChecks = dueChecks;
        this.devices = devices;
        this.providers = providers;
        this.metrics = metrics;
        this.links = links;
        this.config = config;
        this.observations = new Observations(checks::observed, threads::execute);
        this.permits = new CheckPermits(config.atOnce(), config.atOnceOnOneServer());
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    /** A new device's check is due at once: this look is why it need not wait for the interval. */
    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void checkDue() {
        int room = Math.min(permits.free(), config.perSecond());
        if (room == 0 || stopping) {
            return;
        }
        Map<DeviceId, Due> due =
                dueChecks.claim(room, config.every(), providers.platforms(), permits.underWay()).stream()
                        .collect(toMap(Due::device, identity()));
        if (!due.isEmpty()) {
            devices.newest(due.keySet(), this::cannotBeRead).forEach(device -> check(due.get(device.id()), device));
        }
    }

    /** A server that is slow for many devices keeps its own waiting, not those of others: theirs is the next round. */
    private void check(Due check, ConnectedDevice device) {
        String server = server(device);
        if (!permits.tryAcquire(check, server)) {
            metrics.passedOver();
            return;
        }
        threads.execute(() -> {
            try {
                observations.add(new Observation(device.id(), device.version(), ask(device)));
            } catch (RuntimeException failure) {
                // The claim lapses with the interval; then the device is asked again.
                LOG.warnf(failure, "check failed device=%s", device.id());
            } finally {
                permits.release(check, server);
            }
        });
    }

    private Health ask(ConnectedDevice device) {
        Health health = providers
                .forbidden(device)
                .<Health>map(Health.NotConnected::new)
                .orElseGet(() ->
                        links.checked(device, providers.of(device.platform()).health(device)));
        metrics.answered(health);
        return health;
    }

    private void cannotBeRead(UnreadableDevice unreadable) {
        LOG.errorf("%s", unreadable.getMessage());
        observations.add(new Observation(
                unreadable.device(), unreadable.version(), new Health.NotConnected(UnreadableDevice.REASON)));
    }

    private static String server(ConnectedDevice device) {
        try {
            return URI.create(device.baseUrl()).getAuthority();
        } catch (IllegalArgumentException noUrl) {
            return device.baseUrl();
        }
    }
}
