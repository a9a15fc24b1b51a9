package io.siaran.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.siaran.model.Topic;
import io.siaran.trace.MessageTraces;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Straight to Kafka, for causes that can be repeated without harm (fan-out by its cursor, firing a step): publish first,
 * move the mark after. Many records fly at once; awaiting them one by one costs milliseconds each.
 */
@ApplicationScoped
public class Publisher {

    private final Producer<String, byte[]> producer;
    private final ParkedRecords parked;
    private final MessageTraces traces;
    private final KafkaClientMetrics clientMetrics;

    Publisher(KafkaSettings kafka, ParkedRecords parked, MessageTraces traces, MeterRegistry metrics) {
        this.producer = kafka.producer();
        this.parked = parked;
        this.traces = traces;
        this.clientMetrics = new KafkaClientMetrics(producer);
        clientMetrics.bindTo(metrics);
    }

    /**
     * Returns when Kafka has acknowledged every one of them, except those that are larger than Kafka takes: these are
     * parked. Blocks: not for event loops.
     *
     * @throws NotPublished when any was not acknowledged; some may have been, so the caller repeats the whole
     */
    public void publish(List<OutboxRecord> records) {
        Instant begun = traces.now();
        List<Future<RecordMetadata>> inFlight = new ArrayList<>(records.size());
        try {
            for (OutboxRecord record : records) {
                inFlight.add(
                        producer.send(new ProducerRecord<>(record.topic().topicName(), record.key(), record.utf8())));
            }
            for (int i = 0; i < records.size(); i++) {
                awaitOrPark(inFlight.get(i), records.get(i));
            }
            trace(records, begun);
        } catch (ExecutionException | org.apache.kafka.common.KafkaException failure) {
            throw new NotPublished(failure);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new NotPublished(ending);
        }
    }

    /**
     * Has a compacted topic forget everything under this key, the key as well. Whoever reads the topic does not hear of it, so the
     * snapshot before must have said what is to be known.
     *
     * @throws NotPublished when it was not acknowledged
     */
    public void forget(Topic topic, String key) {
        try {
            producer.send(new ProducerRecord<>(topic.topicName(), key, null)).get();
        } catch (ExecutionException | org.apache.kafka.common.KafkaException failure) {
            throw new NotPublished(failure);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new NotPublished(ending);
        }
    }

    private void trace(List<OutboxRecord> records, Instant begun) {
        if (traces.isOn()) {
            records.forEach(record -> traces.published(record.topic().topicName(), record.json(), begun));
        }
    }

    private void awaitOrPark(Future<RecordMetadata> acknowledgement, OutboxRecord record)
            throws ExecutionException, InterruptedException {
        try {
            acknowledgement.get();
        } catch (ExecutionException failure) {
            if (!TooLarge.is(failure)) {
                throw failure;
            }
            parked.parkTooLarge(record.topic().topicName(), record.key(), record.json());
        }
    }

    /**
     * Puts a record that cannot be read or stored where an operator finds it, with the reason. One that is too large with its
     * headers stands there without its value.
     */
    void publishDeadLetter(ConsumerRecord<String, String> record, String reason) {
        try {
            try {
                producer.send(DeadLetter.of(record, reason)).get();
            } catch (ExecutionException failure) {
                if (!TooLarge.is(failure)) {
                    throw failure;
                }
                producer.send(DeadLetter.withoutValue(record, reason)).get();
            }
        } catch (ExecutionException failure) {
            throw new NotPublished(failure);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new NotPublished(ending);
        }
    }

    @PreDestroy
    void close() {
        clientMetrics.close();
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
