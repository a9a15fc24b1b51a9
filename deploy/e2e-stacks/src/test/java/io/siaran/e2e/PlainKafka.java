package io.siaran.e2e;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker as the test itself comes to it: without TLS and login. */
record PlainKafka(String address) {

    /** A record each, which nobody can read. */
    void putNonsenseOn(List<String> topics) throws ExecutionException, InterruptedException {
        try (var producer = new KafkaProducer<>(servers(), new StringSerializer(), new StringSerializer())) {
            for (String topic : topics) {
                producer.send(new ProducerRecord<>(topic, "key", "nonsense")).get();
            }
        }
    }

    /** How many dead letters of these topics there are. */
    long deadLettersOf(List<String> topics) throws ExecutionException, InterruptedException {
        long count = 0;
        for (String topic : topics) {
            count += countOn(topic + "-dlq");
        }
        return count;
    }

    boolean hasSomeOn(String topic) throws ExecutionException, InterruptedException {
        return countOn(topic) > 0;
    }

    private long countOn(String topic) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(servers())) {
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .forEach(each -> ends.put(new TopicPartition(topic, each.partition()), OffsetSpec.latest()));
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        }
    }

    private Map<String, Object> servers() {
        return Map.of("bootstrap.servers", address);
    }
}
