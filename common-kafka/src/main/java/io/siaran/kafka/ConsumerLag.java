package io.siaran.kafka;

import io.siaran.model.Topic;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** How far a group of consumers, of any service, is behind on a topic. Blocks, for virtual and worker threads. */
@ApplicationScoped
public class ConsumerLag {

    private static final Logger LOG = Logger.getLogger(ConsumerLag.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final KafkaSettings kafka;
    private Admin admin;

    ConsumerLag(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /**
     * Records that the group has still to take in. The last offset of a partition does not count: it may be the marker of a
     * transaction, which no consumer ever commits.
     *
     * @return empty when Kafka cannot be asked
     */
    public OptionalLong of(Topic topic, String group) {
        try {
            List<TopicPartition> partitions = partitions(topic.topicName());
            Map<TopicPartition, OffsetAndMetadata> taken = admin().listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return OptionalLong.of(ends(partitions).entrySet().stream()
                    .mapToLong(end -> Math.max(0, end.getValue() - 1 - offset(taken.get(end.getKey()))))
                    .sum());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return OptionalLong.empty();
        } catch (ExecutionException | TimeoutException | RuntimeException away) {
            LOG.warnf("cannot tell how far behind group=%s is: %s", group, away.toString());
            return OptionalLong.empty();
        }
    }

    private List<TopicPartition> partitions(String topic)
            throws InterruptedException, ExecutionException, TimeoutException {
        return admin()
                .describeTopics(List.of(topic))
                .allTopicNames()
                .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .get(topic)
                .partitions()
                .stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    private Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions)
            throws InterruptedException, ExecutionException, TimeoutException {
        return admin()
                .listOffsets(partitions.stream().collect(Collectors.toMap(p -> p, _ -> OffsetSpec.latest())))
                .all()
                .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private static long offset(OffsetAndMetadata taken) {
        return taken == null ? 0 : taken.offset();
    }

    private synchronized Admin admin() {
        if (admin == null) {
            admin = kafka.admin();
        }
        return admin;
    }

    @PreDestroy
    synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(2));
        }
    }
}
