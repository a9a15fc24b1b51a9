package io.siaran.kafka;

import io.siaran.model.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic as a consumer of Siaran would: committed records only, from where the test began. */
final class TopicReader implements AutoCloseable {

    private final KafkaConsumer<String, String> consumer;
    private final List<ConsumerRecord<String, String>> read = new ArrayList<>();

    TopicReader(String bootstrapServers, String topic) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new StringDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    TopicReader(String bootstrapServers, Topic topic) {
        this(bootstrapServers, topic.topicName());
    }

    /** Everything since the test began, read on until now. */
    List<ConsumerRecord<String, String>> soFar() {
        consumer.poll(Duration.ofMillis(100)).forEach(read::add);
        return List.copyOf(read);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
