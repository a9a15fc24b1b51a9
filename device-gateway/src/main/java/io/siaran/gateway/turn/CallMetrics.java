package io.siaran.gateway.turn;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.siaran.gateway.device.Platform;
import io.siaran.gateway.device.RefusalCause;
import io.siaran.gateway.journal.CallOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Counts calls by how they ended, and refusals of devices by their cause. Every series is there from the start, at 0. */
@ApplicationScoped
public class CallMetrics {

    private static final List<String> OUTCOMES =
            List.of("accepted", "returned", "deferred", "rejected", "failed", "unknown");

    private final MeterRegistry registry;

    public CallMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Platform platform : Platform.values()) {
            OUTCOMES.forEach(outcome -> calls(platform, outcome, true));
        }
        for (RefusalCause cause : RefusalCause.values()) {
            refusals(cause);
        }
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

    private Counter refusals(RefusalCause cause) {
        return Counter.builder("siaran.device.refusals")
                .description("calls in which a platform refused the device, by cause: each holds the device")
                .tag("cause", cause.wire())
                .register(registry);
    }
}
