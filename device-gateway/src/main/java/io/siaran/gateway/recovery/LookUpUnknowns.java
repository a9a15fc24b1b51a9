package io.siaran.gateway.recovery;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.ConnectedDevices;
import io.siaran.gateway.device.Platform;
import io.siaran.gateway.journal.OpenTries;
import io.siaran.gateway.journal.OpenTries.OpenTry;
import io.siaran.gateway.provider.Lookup;
import io.siaran.gateway.provider.Providers;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Asks the platforms for messages whose outcome is unknown: soon after it was lost, then less and less often, for a day. */
@ApplicationScoped
public class LookUpUnknowns {

    private static final Logger LOG = Logger.getLogger(LookUpUnknowns.class);

    /** Questions at once: each may take a whole time-out. */
    private static final int BATCH = 100;

    private final OpenTries tries;
    private final ConnectedDevices devices;
    private final Providers providers;
    private final MeterRegistry metrics;
    private volatile boolean stopping;

    LookUpUnknowns(OpenTries tries, ConnectedDevices devices, Providers providers, MeterRegistry metrics) {
        this.tries = tries;
        this.devices = devices;
        this.providers = providers;
        this.metrics = metrics;
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void lookUpDue() {
        try {
            while (!stopping && lookUpSome()) {
                // There may be more.
            }
        } catch (RuntimeException failure) {
            if (!stopping) {
                LOG.warnf("the look-up of unknown outcomes waits for its next run: %s", failure.toString());
            }
        }
    }

    /** Asks for those that are due, all at once, and answers whether there may be more. */
    public boolean lookUpSome() {
        List<OpenTry> due = tries.claim(BATCH, platforms());
        // Threads of our own, not Quarkus': those hand the job's Vert.x context on to all of them.
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            due.forEach(each -> threads.execute(() -> lookUp(each)));
        }
        return due.size() == BATCH;
    }

    private Set<Platform> platforms() {
        return providers.platforms().stream()
                .filter(platform -> providers.of(platform).lookup().isPresent())
                .collect(Collectors.toSet());
    }

    private void lookUp(OpenTry open) {
        try {
            Optional<ConnectedDevice> device = devices.newest(open.device());
            if (device.isPresent() && providers.forbidden(device.get()).isEmpty()) {
                lookUp(open, device.get());
            }
        } catch (RuntimeException failure) {
            // Its next time is written down already.
            LOG.warnf("a look-up failed message=%s: %s", open.message(), failure.toString());
        }
    }

    private void lookUp(OpenTry open, ConnectedDevice device) {
        Optional<Lookup> lookup = providers.of(device.platform()).lookup();
        if (lookup.isEmpty()) {
            return;
        }
        String found = switch (lookup.get().find(device, open.sought())) {
            case Lookup.Finding.Sent(List<String> ids) -> tries.settleAsSent(open, ids) ? "sent" : "not_found";
            case Lookup.Finding.NotFound() -> "not_found";
            case Lookup.Finding.CannotBeAsked _ -> "cannot_be_asked";
        };
        metrics.counter("siaran.lookups", "platform", device.platform().wire(), "found", found)
                .increment();
    }
}
