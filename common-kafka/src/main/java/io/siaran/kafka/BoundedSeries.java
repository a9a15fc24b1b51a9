package io.siaran.kafka;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Keeps the number of series bounded, however many partitions an installation has: with 64 of them Kafka's clients would bring
 * some 6,700 series a replica, one for each partition, topic and broker. What is left is one of each client; the lag of each
 * topic is {@link Backlog}'s.
 */
class BoundedSeries {

    private static final Set<String> UNBOUNDED = Set.of("partition", "topic", "node.id", "node-id");

    @Produces
    @Singleton
    MeterFilter withoutPartitions() {
        return new MeterFilter() {
            @Override
            public MeterFilterReply accept(Meter.Id id) {
                boolean isOfAPart = id.getName().startsWith("kafka.")
                        && id.getTags().stream().anyMatch(tag -> UNBOUNDED.contains(tag.getKey()));
                return isOfAPart ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
            }
        };
    }
}
