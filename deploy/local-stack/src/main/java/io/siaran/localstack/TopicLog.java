package io.siaran.localstack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Everything that was committed to one topic of the {@link TestServers} so far, for tests, which tell their own records by
 * their keys or users. One connection a topic, kept as long as the JVM lives: to open one takes longer than most tests, and
 * what was read once is not read again. Safe for several threads.
 */
public final class TopicLog {

    private static final Map<String, TopicLog> KEPT = new ConcurrentHashMap<>();

    private final KafkaConsumer<String, String> consumer;
    private final List<ConsumerRecord<String, String>> records = new ArrayList<>();

    private TopicLog(String topic) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestServers.kafka(), "isolation.level", "read_committed"),
                new StringDeserializer(),
                new StringDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** The one of this topic. */
    public static TopicLog of(String topic) {
        return KEPT.computeIfAbsent(topic, TopicLog::new);
    }

    /** Every record that was committed before the call, those of a partition in their order. */
    public synchronized List<ConsumerRecord<String, String>> records() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        }
        return List.copyOf(records);
    }

    /** Those of them that have this key. */
    public List<ConsumerRecord<String, String>> records(String key) {
        return records().stream().filter(record -> key.equals(record.key())).toList();
    }
}
