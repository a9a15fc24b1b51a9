package io.siaran.gateway.lane;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Who owns a partition owns the lanes of its devices. */
@ApplicationScoped
@Identifier("device-sends")
class LaneOwnership implements KafkaConsumerRebalanceListener {

    private final Lanes lanes;

    LaneOwnership(Lanes lanes) {
        this.lanes = lanes;
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        Set<Integer> revoked =
                partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
        lanes.leave(revoked::contains);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        onPartitionsRevoked(consumer, partitions);
    }
}
