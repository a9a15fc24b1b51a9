package io.siaran.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.model.Json;
import io.siaran.model.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;

/** Hears what is committed to a topic from now on. */
public final class Listener implements AutoCloseable {

    private final KafkaConsumer<String, String> consumer;
    private final List<JsonNode> heard = new ArrayList<>();

    public Listener(Topic topic) {
        this(topic.topicName());
    }

    public Listener(String topic) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class),
                        "isolation.level",
                        "read_committed"),
                new StringDeserializer(),
                new StringDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** Requeued for a record like this. */
    public JsonNode hear(Predicate<JsonNode> like) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            consumer.poll(Duration.ofMillis(50))
                                    .forEach(record -> heard.add(Json.read(record.value(), JsonNode.class)));
                            return heard.stream().filter(like).findFirst().orElse(null);
                        },
                        found -> found != null);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
