package io.siaran.gateway;

import io.siaran.localstack.TopicLog;
import io.siaran.model.DeviceId;
import io.siaran.model.Json;
import io.siaran.model.Topic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Kafka as the other services use it: writes records, and knows all of one topic. The connections are those of every test of
 * this JVM, since opening them takes longer than most tests; a test tells its records by their keys.
 */
public final class Topics implements AutoCloseable {

    private static final Map<String, KafkaProducer<String, String>> PRODUCERS = new ConcurrentHashMap<>();

    private final KafkaProducer<String, String> producer;
    private final TopicLog log;

    public Topics(String kafka, String collect) {
        producer = PRODUCERS.computeIfAbsent(kafka, Topics::producer);
        log = TopicLog.of(collect);
    }

    private static KafkaProducer<String, String> producer(String kafka) {
        return new KafkaProducer<>(Map.of("bootstrap.servers", kafka), new StringSerializer(), new StringSerializer());
    }

    public void send(Topic topic, DeviceId key, Object record) {
        send(topic, key.toString(), Json.write(record));
    }

    public void send(Topic topic, String key, String json) {
        try {
            producer.send(new ProducerRecord<>(topic.topicName(), key, json)).get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** In their order. */
    public <T> List<T> read(String key, Class<T> type) {
        return log.records(key).stream()
                .map(ConsumerRecord::value)
                .map(json -> Json.read(json, type))
                .toList();
    }

    public List<String> keys() {
        return log.records().stream().map(ConsumerRecord::key).toList();
    }

    /** Ends nothing: the next test uses the connections too. */
    @Override
    public void close() {}
}
