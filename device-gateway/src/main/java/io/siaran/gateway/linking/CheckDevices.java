package io.siaran.gateway.linking;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.ConnectedDevices;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.UnreadableDevice;
import io.siaran.gateway.provider.Providers;
import io.siaran.gateway.registration.DeviceChecks;
import io.siaran.model.DeviceId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/** Asks the platforms of the devices whose check is due, and moves the devices as they say. */
@ApplicationScoped
class CheckDevices {

    private static final Logger LOG = Logger.getLogger(CheckDevices.class);

    private final DeviceChecks checks;
    private final ConnectedDevices devices;
    private final Providers providers;
    private final LinkingConfig config;
    /**
     * Our own, not Quarkus': those hand the job's Vert.x context on, and with it one database session to all of them.
     */
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("check-", 0).factory());

    private final Semaphore free;
    private volatile boolean stopping;

    CheckDevices(DeviceChecks checks, ConnectedDevices devices, Providers providers, LinkingConfig config) {
        this.checks = checks;
        this.devices = devices;
        this.providers = providers;
        this.config = config;
        this.free = new Semaphore(config.atOnce());
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    /** A new device's check is due at once: this look is why it need not wait for the interval. */
    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void checkDue() {
        int room = Math.min(free.availablePermits(), config.perSecond());
        if (room == 0 || stopping) {
            return;
        }
        for (DeviceId id : checks.claim(room, config.every(), providers.platforms())) {
            free.acquireUninterruptibly();
            threads.execute(() -> check(id));
        }
    }

    private void check(DeviceId id) {
        try {
            devices.newest(id).ifPresent(this::ask);
        } catch (UnreadableDevice unreadable) {
            LOG.errorf("%s", unreadable.getMessage());
            checks.observed(id, unreadable.version(), new Health.NotConnected(UnreadableDevice.REASON));
        } catch (RuntimeException failure) {
            // The claim lapses with the interval; then the device is asked again.
            LOG.warnf(failure, "check failed device=%s", id);
        } finally {
            free.release();
        }
    }

    private void ask(ConnectedDevice device) {
        Health health = providers
                .forbidden(device)
                .<Health>map(Health.NotConnected::new)
                .orElseGet(() -> providers.of(device.platform()).health(device));
        checks.observed(device.id(), device.version(), health);
    }
}
