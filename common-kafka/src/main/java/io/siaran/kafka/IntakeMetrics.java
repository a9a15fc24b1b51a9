package io.siaran.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.siaran.model.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * What the intake of records counts. Every series is there from the start, at 0: the first event of a series that begins
 * with it is no increase, and no alert would see it.
 */
@ApplicationScoped
class IntakeMetrics {

    private final Map<Topic, Counter> deadLetters = new EnumMap<>(Topic.class);
    private final Map<Topic, Counter> readSafely = new EnumMap<>(Topic.class);
    private final Map<String, Counter> parked = new ConcurrentHashMap<>();

    /** Since when, by {@link System#nanoTime}, a batch of a topic fails again and again. */
    private final Map<Thread, Stuck> stuck = new ConcurrentHashMap<>();

    IntakeMetrics(MeterRegistry metrics, Config config) {
        // A service may take records of a topic without a channel of ours: its counters are there as well.
        Arrays.stream(Topic.values()).forEach(topic -> {
            deadLetters.put(
                    topic,
                    counter(
                            metrics,
                            "siaran.dead.letters",
                            "Records that could not be read or stored",
                            topic,
                            Stream.of()));
            readSafely.put(
                    topic,
                    counter(
                            metrics,
                            "siaran.records.read.safely",
                            "Records with a constant of a later version, read as the safest that this one knows",
                            topic,
                            Stream.of()));
            Stream.of("in", "out")
                    .forEach(direction -> parked.put(
                            direction + topic.topicName(),
                            counter(
                                    metrics,
                                    "siaran.records.parked",
                                    "Records that wait in the database for a later version (in) or for an operator (out)",
                                    topic,
                                    Stream.of("direction", direction))));
        });
        IncomingTopics.groups(config)
                .keySet()
                .forEach(topic -> Gauge.builder("siaran.intake.stuck", () -> stuckFor(topic))
                        .baseUnit("seconds")
                        .tag("topic", topic.topicName())
                        .description("For how long the records of the topic that are being taken have failed again and"
                                + " again, or have gone in by parts since they took too long together")
                        .register(metrics));
    }

    /** Makes this bean, and with it the series, at the start. */
    void exist(@Observes StartupEvent started) {}

    private static Counter counter(
            MeterRegistry metrics, String name, String description, Topic topic, Stream<String> more) {
        return Counter.builder(name)
                .description(description)
                .tags(Stream.concat(Stream.of("topic", topic.topicName()), more).toArray(String[]::new))
                .register(metrics);
    }

    void deadLetter(Topic topic) {
        deadLetters.get(topic).increment();
    }

    void wasReadSafely(Topic topic) {
        readSafely.get(topic).increment();
    }

    void parked(String direction, String topic) {
        Counter counter = parked.get(direction + topic);
        if (counter != null) {
            counter.increment();
        }
    }

    /** This thread's records of that topic failed, and will be tried again. Answers whether they had not failed before. */
    boolean isStuck(Topic topic) {
        return stuck.putIfAbsent(Thread.currentThread(), new Stuck(topic, System.nanoTime())) == null;
    }

    /** Whether this thread's records failed and it is not free yet. */
    boolean wasStuck() {
        return stuck.containsKey(Thread.currentThread());
    }

    /** What this thread waited for is done, or given up. */
    void isFree() {
        stuck.remove(Thread.currentThread());
    }

    private double stuckFor(Topic topic) {
        long now = System.nanoTime();
        return stuck.values().stream()
                .filter(each -> each.topic == topic)
                .mapToDouble(each -> (now - each.since) / 1e9)
                .max()
                .orElse(0);
    }

    private record Stuck(Topic topic, long since) {}
}
