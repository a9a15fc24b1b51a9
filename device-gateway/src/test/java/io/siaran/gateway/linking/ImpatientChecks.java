package io.siaran.gateway.linking;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks for due checks many times a second beside the schedule's once: nearly every test begins with a new device that comes
 * online, and a schedule knows no less than a second.
 */
@ApplicationScoped
class ImpatientChecks {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private volatile boolean ended;
    private Thread looking;

    void begin(@Observes StartupEvent event, CheckDevices checks) {
        looking = Thread.startVirtualThread(() -> lookUntilTheEnd(checks));
    }

    void end(@Observes ShutdownEvent event) throws InterruptedException {
        ended = true;
        looking.join();
    }

    private void lookUntilTheEnd(CheckDevices checks) {
        while (!ended) {
            checks.checkDue();
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
