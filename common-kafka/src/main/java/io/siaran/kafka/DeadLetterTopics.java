package io.siaran.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The dead letters on Kafka. What was redriven is marked by the offsets of a consumer group, in the transaction that
 * redrives: each record goes back once, however the command ends, and of two commands at once one fails.
 */
final class DeadLetterTopics implements AutoCloseable {

    private static final String GROUP = "siaran-dead-letters";
    private static final int IN_ONE_TRANSACTION = 500;

    private final Map<String, Object> settings;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /** @param connection servers, and what they ask for: SASL, TLS */
    DeadLetterTopics(Map<String, Object> connection) {
        settings = Map.copyOf(connection);
        Map<String, Object> reading = new HashMap<>(settings);
        reading.put("group.id", GROUP);
        reading.put("enable.auto.commit", false);
        reading.put("isolation.level", "read_committed");
        reading.put("auto.offset.reset", "earliest");
        reading.put("allow.auto.create.topics", false);
        reading.put("default.api.timeout.ms", 15_000);
        consumer = new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Of the topics that exist and hold dead letters. */
    TreeSet<String> names() {
        TreeSet<String> names = new TreeSet<>(consumer.listTopics().keySet());
        names.removeIf(name -> !DeadLetter.isOfSiaran(name));
        return names;
    }

    /** What was not redriven yet. */
    WaitingLetters waiting(String topic) {
        WaitingLetters waiting = new WaitingLetters();
        Map<TopicPartition, Long> ends = startReading(topic);
        while (waiting.isWhole() && !isAt(ends)) {
            for (ConsumerRecord<byte[], byte[]> letter : consumer.poll(Duration.ofMillis(200))) {
                waiting.add(letter);
            }
        }
        return waiting;
    }

    /** At most {@code limit} of them, the oldest of each partition first. */
    RedrivenLetters redrive(String topic, int limit) {
        RedrivenLetters redriven = new RedrivenLetters(new ArrayList<>(), new ArrayList<>());
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            // Before the marks are read: from here on a command that began earlier commits nothing.
            producer.initTransactions();
            Map<TopicPartition, Long> ends = startReading(topic);
            List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
            while (redriven.count() + batch.size() < limit && !isAt(ends)) {
                for (ConsumerRecord<byte[], byte[]> letter : consumer.poll(Duration.ofMillis(200))) {
                    batch.add(letter);
                    if (batch.size() == IN_ONE_TRANSACTION || redriven.count() + batch.size() == limit) {
                        redrive(producer, batch, redriven);
                        batch.clear();
                        if (redriven.count() == limit) {
                            return redriven;
                        }
                    }
                }
            }
            redrive(producer, batch, redriven);
        }
        return redriven;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // commitTransaction reports the failure of any send
    private void redrive(
            KafkaProducer<byte[], byte[]> producer,
            List<ConsumerRecord<byte[], byte[]>> letters,
            RedrivenLetters redriven) {
        if (letters.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> marks = new HashMap<>();
        producer.beginTransaction();
        for (ConsumerRecord<byte[], byte[]> letter : letters) {
            marks.put(
                    new TopicPartition(letter.topic(), letter.partition()), new OffsetAndMetadata(letter.offset() + 1));
            if (DeadLetter.hasValue(letter)) {
                producer.send(DeadLetter.original(letter));
            }
        }
        producer.sendOffsetsToTransaction(marks, new ConsumerGroupMetadata(GROUP));
        producer.commitTransaction();
        for (ConsumerRecord<byte[], byte[]> letter : letters) {
            redriven.add(letter);
        }
    }

    /** From what was not redriven yet; answers where each partition ends now. */
    private Map<TopicPartition, Long> startReading(String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, OffsetAndMetadata> marks = consumer.committed(Set.copyOf(partitions));
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata mark = marks.get(partition);
            if (mark == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, mark.offset());
            }
        }
        return consumer.endOffsets(partitions);
    }

    private boolean isAt(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private KafkaProducer<byte[], byte[]> producer() {
        Map<String, Object> writing = new HashMap<>(settings);
        writing.put("transactional.id", GROUP);
        writing.put("transaction.timeout.ms", 30_000);
        writing.put("max.in.flight.requests.per.connection", 1);
        writing.put("max.block.ms", 15_000);
        // What was taken once is taken again: the letter was larger than its record.
        writing.put("max.request.size", 16 * 1_048_576);
        writing.put("compression.type", "lz4");
        return new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void close() {
        consumer.close(Duration.ofSeconds(5));
    }
}
