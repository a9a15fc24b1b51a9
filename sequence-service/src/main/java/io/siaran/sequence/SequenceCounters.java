package io.siaran.sequence;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.util.stream.Stream;

/**
 * The counters of sequence-service, each with its help text and every value of its labels, at 0 from the start: the first event of a
 * series that begins with it is no increase, and no alert would see it. Who counts asks for them by the same name and labels.
 */
@Singleton
class SequenceCounters implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry registry) {
        counter(registry, "siaran.sequence.entered", "Contacts that entered a sequence");
        counter(registry, "siaran.sequence.fired", "Steps that were handed to the queue");
        counter(registry, "siaran.sequence.repeated", "Steps without any outcome for long, handed to the queue again");
        counter(registry, "siaran.sequence.completed", "Contacts that went through their last step");
        counter(registry, "siaran.sequence.left", "Contacts that left a sequence before its end");
        Stream.of("fire", "unknown", "edit", "stranded", "review")
                .forEach(engine -> counter(
                        registry,
                        "siaran.sequence.set.aside",
                        "Rows that could not be processed and were set aside for a time",
                        "engine",
                        engine));
        Stream.of("device", "sequence", "crowd")
                .forEach(kind -> counter(
                        registry,
                        "siaran.sequence.marking.failures",
                        "Devices, sequences and crowds whose leads could not be put up for review, and are tried again later",
                        "kind",
                        kind));
    }

    private static void counter(MeterRegistry registry, String name, String help, String... tags) {
        Counter.builder(name).description(help).tags(tags).register(registry);
    }
}
