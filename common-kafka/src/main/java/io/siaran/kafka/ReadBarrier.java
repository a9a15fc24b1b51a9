package io.siaran.kafka;

import io.siaran.model.Topic;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * Tells whether a projection of this service has everything that its topic held of one key when it was asked, and waits
 * for it where it has not. So a request that names something unknown is refused at once when nothing is on the way, and
 * something that was created a moment ago is found.
 *
 * <p>The group's committed offset is compared with the end of the key's partition. What lies between them is looked through
 * once, whoever asks: a transaction's marker or another key's record is no reason to wait. At most
 * {@value #MOST_AT_ONCE} callers are served at a time, since a stranger can send as many wrong ids as they like.
 */
@ApplicationScoped
public class ReadBarrier {

    private static final Logger LOG = Logger.getLogger(ReadBarrier.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long LOOK_AGAIN_MILLIS = 20;
    private static final int MOST_AT_ONCE = 16;

    private final KafkaSettings kafka;
    private final UnaryOperator<String> groupOf;
    private final Semaphore askers = new Semaphore(MOST_AT_ONCE, true);
    private final Map<String, Integer> partitions = new ConcurrentHashMap<>();
    private Admin admin;
    private RecordsBehind behind;

    /** The channel of each topic is called as the topic, in every service. */
    @Inject
    ReadBarrier(KafkaSettings kafka, Config config) {
        this(kafka, topic -> config.getValue("mp.messaging.incoming." + topic + ".group.id", String.class));
    }

    ReadBarrier(KafkaSettings kafka, UnaryOperator<String> groupOf) {
        this.kafka = kafka;
        this.groupOf = groupOf;
    }

    /**
     * Returns when this service has taken in every record of {@code key} that stood on the topic when it was called: at
     * once when there is none on the way. Blocks, for virtual threads.
     *
     * <p>The caller looks before it asks, since most ids are known, and looks once more after it.
     *
     * @return false when that could not be made sure of within five seconds: the service is behind, or Kafka is away. The
     *     caller then does not know whether there is such a thing, and says so (503) rather than that there is none
     */
    public boolean await(Topic topic, String key) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean admitted = false;
        try {
            admitted = askers.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return admitted && await(topic.topicName(), key, deadline);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException | RuntimeException away) {
            LOG.warnf("cannot tell what is on the way topic=%s: %s", topic.topicName(), away.toString());
            return false;
        } finally {
            if (admitted) {
                askers.release();
            }
        }
    }

    private boolean await(String topic, String key, long deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        open();
        TopicPartition partition = partitionOf(topic, key);
        String group = groupOf.apply(topic);
        long end = endOf(partition);
        long taken = takenBy(group, partition);
        if (taken >= end) {
            return true;
        }
        long last = behind.lastOf(partition, key, taken, end, deadline);
        while (taken <= last) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
            taken = takenBy(group, partition);
        }
        return true;
    }

    /** As Kafka's own producers choose it, which have written every key. */
    private TopicPartition partitionOf(String topic, String key)
            throws InterruptedException, ExecutionException, TimeoutException {
        Integer count = partitions.get(topic);
        if (count == null) {
            count = admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .get(topic)
                    .partitions()
                    .size();
            partitions.put(topic, count);
        }
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return new TopicPartition(topic, BuiltInPartitioner.partitionForKey(bytes, count));
    }

    private long endOf(TopicPartition partition) throws InterruptedException, ExecutionException, TimeoutException {
        return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .offset();
    }

    /** What the group has committed: everything below it is in this service's database. */
    private long takenBy(String group, TopicPartition partition)
            throws InterruptedException, ExecutionException, TimeoutException {
        OffsetAndMetadata committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .get(partition);
        return committed == null ? 0 : committed.offset();
    }

    private synchronized void open() {
        if (admin == null) {
            behind = new RecordsBehind(kafka.looker());
            admin = kafka.admin();
        }
    }

    @PreDestroy
    synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(2));
            behind.close();
        }
    }
}
