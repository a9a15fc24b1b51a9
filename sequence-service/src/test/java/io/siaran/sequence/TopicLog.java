package io.siaran.sequence;

import io.siaran.model.Json;
import io.siaran.model.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What was committed to topics so far, from their beginning. */
final class TopicLog implements AutoCloseable {

    private final KafkaConsumer<String, String> consumer;
    private final Map<Topic, List<String>> heard = new EnumMap<>(Topic.class);

    TopicLog(String bootstrapServers, Topic... topics) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topic topic : topics) {
            heard.put(topic, new ArrayList<>());
            consumer.partitionsFor(topic.topicName())
                    .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        }
        consumer.assign(partitions);
    }

    /** Every record of the topic that was committed before the call. */
    synchronized <T> List<T> on(Topic topic, Class<T> type) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofMillis(100))
                    .forEach(record -> heard.forEach((known, records) -> {
                        if (known.topicName().equals(record.topic())) {
                            records.add(record.value());
                        }
                    }));
        }
        return heard.get(topic).stream().map(json -> Json.read(json, type)).toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
