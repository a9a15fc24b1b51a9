package io.siaran.dispatch.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.siaran.model.WireEnum;
import java.time.Duration;
import java.time.Instant;

/** What is counted of deliveries: never which webhook, or whose. */
final class DeliveryMetrics {

    /** A bucket of its own: alerts count by it what came later (siaran-slo-alerts.yml). */
    private static final Duration PROMISED = Duration.ofSeconds(10);

    private final MeterRegistry registry;
    private final Timer late;

    DeliveryMetrics(MeterRegistry registry, InFlight inFlight) {
        this.registry = registry;
        this.late = Timer.builder("siaran.webhook.delay")
                .description("From an event to the answer of a receiver that took it at the first attempt")
                .publishPercentileHistogram()
                .serviceLevelObjectives(PROMISED)
                .minimumExpectedValue(Duration.ofMillis(10))
                .maximumExpectedValue(Duration.ofMinutes(1))
                .register(registry);
        Gauge.builder("siaran.webhook.in.flight", inFlight, InFlight::all)
                .description("Deliveries that are under way")
                .register(registry);
        for (Outcome outcome : Outcome.values()) {
            counter(outcome);
        }
    }

    void count(Result result) {
        if (result.attempt() == null) {
            return;
        }
        counter(Outcome.of(result)).increment();
        if (result.arrived() && result.claim().attempts() == 0) {
            late.record(Duration.between(result.claim().event().timestamp(), Instant.now()));
        }
    }

    private Counter counter(Outcome outcome) {
        return Counter.builder("siaran.webhook.attempts")
                .description("Attempts to deliver an event, by what they came to")
                .tag("outcome", outcome.wire())
                .register(registry);
    }

    /** What an attempt can come to. */
    private enum Outcome implements WireEnum {
        DELIVERED,
        RETRIED,
        GIVEN_UP;

        static Outcome of(Result result) {
            return switch (result.status()) {
                case DELIVERED -> DELIVERED;
                case PENDING -> RETRIED;
                case FAILED -> GIVEN_UP;
            };
        }
    }
}
