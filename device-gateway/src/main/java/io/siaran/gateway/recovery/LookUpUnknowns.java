package io.siaran.gateway.recovery;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.ConnectedDevices;
import io.siaran.gateway.device.Platform;
import io.siaran.gateway.journal.OpenTries;
import io.siaran.gateway.journal.OpenTries.OpenTry;
import io.siaran.gateway.provider.Capability;
import io.siaran.gateway.provider.Lookup;
import io.siaran.gateway.provider.Providers;
import io.siaran.gateway.provider.Questions;
import io.siaran.gateway.provider.SendOutcome;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Asks the platforms for messages whose outcome is unknown: soon after it was lost, then less and less often, for a day. */
@ApplicationScoped
public class LookUpUnknowns {

    private static final Logger LOG = Logger.getLogger(LookUpUnknowns.class);

    private static final int AT_ONCE = 100;
    private static final int AT_ONE_HOST = 10;

    private final OpenTries tries;
    private final ConnectedDevices devices;
    private final Providers providers;
    private final MeterRegistry metrics;
    private final Questions questions = new Questions(AT_ONCE, AT_ONE_HOST);

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

    @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
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

    /**
     * Asks for some that are due, all at once, and answers whether there may be more. Waits a moment for the answers, and leaves
     * alone those that take longer: their hosts get no more questions than they may have under way.
     */
    public boolean lookUpSome() {
        int room = questions.room();
        List<OpenTry> due = room <= 0
                ? List.of()
                : tries.claim(room, platforms(), byOurId(), questions.atOneHost(), questions.underWay());
        questions.ask(due, OpenTry::host, this::lookUp);
        return !due.isEmpty();
    }

    private Set<Platform> platforms() {
        return providers.platforms().stream()
                .filter(platform -> providers.of(platform).lookup().isPresent())
                .collect(Collectors.toSet());
    }

    /** Where nothing is compared: an image without words is found as well. */
    private Set<Platform> byOurId() {
        return platforms().stream()
                .filter(platform -> providers.of(platform).capabilities().contains(Capability.CLIENT_MESSAGE_ID))
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
            case Lookup.Finding.Refused(SendOutcome refusal) ->
                tries.settleAsRefused(open, refusal) ? "refused" : "not_found";
            case Lookup.Finding.NotFound() -> "not_found";
            case Lookup.Finding.CannotBeAsked _ -> "cannot_be_asked";
        };
        metrics.counter("siaran.lookups", "platform", device.platform().wire(), "found", found)
                .increment();
    }
}
