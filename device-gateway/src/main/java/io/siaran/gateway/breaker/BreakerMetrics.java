package io.siaran.gateway.breaker;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.siaran.model.DeferReason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What breakers do. The gauges are read from the database by every instance, so take their maximum; the counters are each
 * instance's own, so take their sum. Every series is there from the start.
 */
@ApplicationScoped
public class BreakerMetrics {

    private final Map<DeferReason, Counter> holds = new EnumMap<>(DeferReason.class);
    private final Counter opened;
    private final Counter closed;
    private final Counter hostsOpened;
    private final Counter hostProbes;
    private final AtomicLong openHosts = new AtomicLong();
    private final AtomicLong heldDevices = new AtomicLong();

    public BreakerMetrics(MeterRegistry registry) {
        for (DeferReason reason : new DeferReason[] {DeferReason.PLATFORM_TROUBLE, DeferReason.RATE_LIMITED}) {
            holds.put(
                    reason,
                    Counter.builder("siaran.breaker.holds")
                            .description("calls after which their device is silent for a time, by the reason")
                            .tag("reason", reason.wire())
                            .register(registry));
        }
        opened = moves(registry, "device", "opened");
        closed = moves(registry, "device", "closed");
        hostsOpened = moves(registry, "host", "opened");
        hostProbes = Counter.builder("siaran.breaker.host.probes")
                .description("devices that were woken to probe a host whose breaker is open")
                .register(registry);
        Gauge.builder("siaran.breaker.hosts.open", openHosts, AtomicLong::get)
                .description("hosts whose breaker is open: nothing but probes goes to their devices")
                .register(registry);
        Gauge.builder("siaran.breaker.devices.held", heldDevices, AtomicLong::get)
                .description("devices that are silent now since their platform is in trouble")
                .register(registry);
    }

    /** Makes this bean, and with it the series, at the start. */
    void exist(@Observes StartupEvent started) {}

    private static Counter moves(MeterRegistry registry, String scope, String to) {
        return Counter.builder("siaran.breaker.moves")
                .description("breakers that opened or closed; a host's closing shows in the gauge of open ones")
                .tag("scope", scope)
                .tag("to", to)
                .register(registry);
    }

    void judged(Breaker before, Judgement judgement) {
        judgement.hold().ifPresent(hold -> holds.get(hold.reason()).increment());
        if (before.openings() == 0 && judgement.blamesPlatform()) {
            opened.increment();
        }
        if (before.openings() > 0 && judgement.serves()) {
            closed.increment();
        }
    }

    void hostOpened() {
        hostsOpened.increment();
    }

    void hostsProbed(int devices) {
        hostProbes.increment(devices);
    }

    void now(long hostsOpen, long devicesHeld) {
        openHosts.set(hostsOpen);
        heldDevices.set(devicesHeld);
    }
}
