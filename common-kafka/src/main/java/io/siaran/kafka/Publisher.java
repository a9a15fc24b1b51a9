package io.siaran.kafka;

import io.siaran.model.Topic;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Straight to Kafka, for causes that can be repeated without harm (fan-out by its cursor, firing a step): publish first,
 * move the mark after. Many records fly at once; awaiting them one by one costs milliseconds each.
 */
@ApplicationScoped
public class Publisher {

    private final KafkaProducer<String, String> producer;

    Publisher(KafkaSettings kafka) {
        this.producer = kafka.producer();
    }

    /**
     * Returns when Kafka has acknowledged every one of them. Blocks: not for event loops.
     *
     * @throws NotPublished when any was not acknowledged; some may have been, so the caller repeats the whole
     */
    public void publish(List<OutboxRecord> records) {
        List<Future<RecordMetadata>> inFlight = new ArrayList<>(records.size());
        try {
            for (OutboxRecord record : records) {
                inFlight.add(
                        producer.send(new ProducerRecord<>(record.topic().topicName(), record.key(), record.json())));
            }
            for (Future<RecordMetadata> acknowledgement : inFlight) {
                acknowledgement.get();
            }
        } catch (ExecutionException | org.apache.kafka.common.KafkaException failure) {
            throw new NotPublished(failure);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new NotPublished(ending);
        }
    }

    /** Puts a record that cannot be read or stored where a person finds it, with the reason. */
    void publishDeadLetter(Topic topic, String key, String value, String reason) {
        ProducerRecord<String, String> letter = new ProducerRecord<>(topic.deadLetters(), key, value);
        letter.headers().add("reason", reason.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        try {
            producer.send(letter).get();
        } catch (ExecutionException failure) {
            throw new NotPublished(failure);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new NotPublished(ending);
        }
    }

    @PreDestroy
    void close() {
        producer.close(Duration.ofSeconds(5));
    }

    /** Kafka did not acknowledge. */
    public static final class NotPublished extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotPublished(Exception cause) {
            super("Kafka did not acknowledge", cause);
        }
    }
}
