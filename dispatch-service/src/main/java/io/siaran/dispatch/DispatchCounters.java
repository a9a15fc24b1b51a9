package io.siaran.dispatch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.util.stream.Stream;

/**
 * The counters of dispatch-service, each with its help text and every value of its labels, at 0 from the start: the first event of a
 * series that begins with it is no increase, and no alert would see it. Who counts asks for them by the same name and labels.
 */
@Singleton
class DispatchCounters implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry registry) {
        Stream.of(
                        "release",
                        "fold",
                        "move",
                        "bulk_action",
                        "expiry",
                        "recall",
                        "reconcile_device",
                        "reconcile_lead",
                        "reconcile_person",
                        "reconcile_plan",
                        "reconcile_stop",
                        "reconcile_withdrawal")
                .forEach(engine -> counter(
                        registry,
                        "siaran.set.aside",
                        "Rows that the database refused and an engine put aside",
                        "engine",
                        engine));
    }

    private static void counter(MeterRegistry registry, String name, String help, String... tags) {
        Counter.builder(name).description(help).tags(tags).register(registry);
    }
}
