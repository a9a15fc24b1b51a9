package io.siaran.gateway;

import io.siaran.model.DeviceId;
import io.siaran.model.Json;
import io.siaran.model.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka as the other services use it: writes records, and collects those of one topic since it was opened. */
public final class Topics implements AutoCloseable {

    private final KafkaProducer<String, String> producer;
    private final Thread collecting;
    private final List<ConsumerRecord<String, String>> collected = new CopyOnWriteArrayList<>();
    private volatile boolean open = true;

    public Topics(String kafka, String collect) {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka);
        producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        Map<String, Object> reading = Map.of(
                "bootstrap.servers",
                kafka,
                "group.id",
                "test-" + UUID.randomUUID(),
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed");
        collecting = Thread.startVirtualThread(() -> collect(reading, collect));
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

    public <T> List<T> read(String key, Class<T> type) {
        return collected.stream()
                .filter(record -> key.equals(record.key()))
                .map(record -> Json.read(record.value(), type))
                .toList();
    }

    public List<String> keys() {
        return collected.stream().map(ConsumerRecord::key).toList();
    }

    private void collect(Map<String, Object> settings, String topic) {
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            while (open) {
                consumer.poll(Duration.ofMillis(100)).forEach(collected::add);
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        open = false;
        collecting.join();
        producer.close();
    }
}
