package io.siaran.gateway.turn;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import io.siaran.gateway.device.Platform;
import io.siaran.gateway.device.RefusalCause;
import io.siaran.gateway.journal.CallOutcome;
import io.siaran.gateway.provider.SendOutcome;
import io.siaran.model.MessageId;
import io.siaran.trace.MessageTraces;
import io.siaran.trace.TraceExemplars;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts calls by how they ended, and refusals of devices by their cause. Every series is there from the start, at 0. */
@ApplicationScoped
public class CallMetrics {

    private static final List<String> OUTCOMES =
            List.of("accepted", "returned", "deferred", "rejected", "failed", "unknown");

    /** From a server next door to one that nobody waits for any longer. */
    private static final Duration[] DURATIONS = {
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofSeconds(60)
    };

    private final MeterRegistry registry;
    private final MessageTraces traces;
    private final TraceExemplars exemplars;
    private final Map<Platform, Timer> durations = new EnumMap<>(Platform.class);

    public CallMetrics(MeterRegistry registry, MessageTraces traces, TraceExemplars exemplars) {
        this.registry = registry;
        this.traces = traces;
        this.exemplars = exemplars;
        for (Platform platform : Platform.values()) {
            OUTCOMES.forEach(outcome -> calls(platform, outcome, true));
            durations.put(platform, duration(platform));
        }
        for (RefusalCause cause : RefusalCause.values()) {
            refusals(cause);
        }
    }

    /** Makes this bean, and with it the series, at the start. */
    void exist(@Observes StartupEvent started) {}

    /** Of the machine, whatever time a test has set: durations are of the real one. */
    Instant now() {
        return traces.now();
    }

    /** A call has ended, well or not, that began then. */
    void lasted(Platform platform, MessageId message, SendOutcome end, Instant from) {
        boolean well = end instanceof SendOutcome.Accepted;
        exemplars.with(
                traces.traceOfCall(message, well), () -> durations.get(platform).record(Duration.between(from, now())));
        traces.called(message, platform.wire(), end.getClass().getSimpleName(), well, from);
    }

    /** @param settled whether the turn settled it, and not the rescuer before it */
    void called(Platform platform, CallOutcome end, boolean settled) {
        calls(platform, end.state(), settled).increment();
    }

    void refused(RefusalCause cause) {
        refusals(cause).increment();
    }

    private Counter calls(Platform platform, String outcome, boolean settled) {
        return Counter.builder("siaran.calls")
                .description("calls of platforms that sent or tried to, by how they ended")
                .tag("platform", platform.wire())
                .tag("outcome", outcome)
                .tag("settled", settled ? "in_time" : "after_rescue")
                .register(registry);
    }

    private Timer duration(Platform platform) {
        return Timer.builder("siaran.call.duration")
                .description("from the first byte that is sent to a platform until its answer is known, or given up")
                .tag("platform", platform.wire())
                .serviceLevelObjectives(DURATIONS)
                .register(registry);
    }

    private Counter refusals(RefusalCause cause) {
        return Counter.builder("siaran.device.refusals")
                .description("calls in which a platform refused the device, by cause: each holds the device")
                .tag("cause", cause.wire())
                .register(registry);
    }
}
