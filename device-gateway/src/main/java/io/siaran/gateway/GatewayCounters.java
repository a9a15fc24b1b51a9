package io.siaran.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.siaran.gateway.device.Platform;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;

/**
 * The counters of device-gateway, each with its help text and every value of its labels, at 0 from the start: the first event of a
 * series that begins with it is no increase, and no alert would see it. Who counts asks for them by the same name and labels.
 */
@Singleton
class GatewayCounters implements MeterBinder {

    /** As {@code CallOutcome} names them. */
    private static final List<String> STATES =
            List.of("accepted", "deferred", "returned", "rejected", "failed", "unknown");

    /** As {@code LookUpUnknowns} names them. */
    private static final List<String> FOUND = List.of("sent", "refused", "not_found", "cannot_be_asked");

    @Override
    public void bindTo(MeterRegistry registry) {
        counter(registry, "siaran.pacing.violations", "Calls that began before the pause drawn for them was over");
        counter(registry, "siaran.pacing.audits", "Looks whether the devices keep their pace");
        counter(registry, "siaran.calls.cut", "Calls whose outcome nobody settled by their deadline: unknown");
        Stream.of("receipts", "replies", "senders")
                .forEach(engine -> counter(
                        registry,
                        "siaran.set.aside",
                        "Rows that the database refused and an engine put aside",
                        "engine",
                        engine));
        for (Platform platform : Platform.values()) {
            FOUND.forEach(found -> counter(
                    registry,
                    "siaran.lookups",
                    "Questions to a platform whether a message went out whose outcome was lost, by its answer",
                    "platform",
                    platform.wire(),
                    "found",
                    found));
            STATES.forEach(state -> Stream.of("in_time", "after_rescue")
                    .forEach(settled -> counter(
                            registry,
                            "siaran.calls",
                            "Calls of a platform, by how they ended and whether that was settled by their deadline",
                            "platform",
                            platform.wire(),
                            "outcome",
                            state,
                            "settled",
                            settled)));
        }
    }

    private static void counter(MeterRegistry registry, String name, String help, String... tags) {
        Counter.builder(name).description(help).tags(tags).register(registry);
    }
}
