package io.siaran.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.siaran.model.Json;
import io.siaran.model.Topic;
import io.siaran.model.UnreadableRecord;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jboss.logging.Logger;

/**
 * How a batch of records enters a service: every one is either applied or in the dead letters when this returns, so the
 * caller may acknowledge the batch. A database or broker that is away is waited for; a record whose own data is refused is
 * found, put aside and told, and never holds up the ones behind it.
 */
@ApplicationScoped
public class RecordIntake {

    private static final Logger LOG = Logger.getLogger(RecordIntake.class);
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    /**
     * Classes of SQLSTATE that fail again however often they are repeated: data exception, constraint violation, program
     * limit (a key too long for its index).
     */
    private static final Set<String> FAULTS_OF_THE_DATA = Set.of("22", "23", "54");

    private final Publisher publisher;
    private final MeterRegistry metrics;
    private volatile boolean stopping;

    RecordIntake(Publisher publisher, MeterRegistry metrics) {
        this.publisher = publisher;
        this.metrics = metrics;
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    /** Blocks until the batch is in; {@code apply} must be idempotent, since it is repeated after a failure. */
    public <T> void take(Topic topic, ConsumerRecords<String, String> batch, Class<T> type, Consumer<List<T>> apply) {
        List<Incoming<T>> readable = new ArrayList<>(batch.count());
        for (ConsumerRecord<String, String> record : batch) {
            if (record.value() == null && topic.compacted()) {
                // A tombstone: the snapshot that said so came long before it.
                continue;
            }
            try {
                readable.add(new Incoming<>(record, Json.read(record.value(), type)));
            } catch (UnreadableRecord unreadable) {
                putAside(topic, record, unreadable.getMessage());
            }
        }
        if (!readable.isEmpty()) {
            applyAll(topic, readable, apply);
        }
    }

    private <T> void applyAll(Topic topic, List<Incoming<T>> records, Consumer<List<T>> apply) {
        List<T> values = records.stream().map(Incoming::value).toList();
        try {
            untilTheDatabaseIsBack(topic, () -> apply.accept(values));
        } catch (RefusedData refused) {
            if (records.size() == 1) {
                putAside(topic, records.getFirst().record(), refused.getMessage());
                return;
            }
            int half = records.size() / 2;
            applyAll(topic, records.subList(0, half), apply);
            applyAll(topic, records.subList(half, records.size()), apply);
        }
    }

    private void untilTheDatabaseIsBack(Topic topic, Runnable work) {
        long pause = 100;
        while (true) {
            try {
                work.run();
                return;
            } catch (RuntimeException failure) {
                refuseWhatIsTheRecordsFault(failure);
                if (stopping) {
                    throw failure;
                }
                LOG.warnf("intake of %s waits %d ms: %s", topic.topicName(), pause, failure.toString());
                pause(pause, failure);
                pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
            }
        }
    }

    private static void refuseWhatIsTheRecordsFault(RuntimeException failure) {
        if (failure instanceof PgException refusal
                && refusal.getSqlState() != null
                && FAULTS_OF_THE_DATA.contains(refusal.getSqlState().substring(0, 2))) {
            throw new RefusedData(refusal);
        }
        if (failure instanceof IllegalArgumentException || failure instanceof NullPointerException) {
            throw new RefusedData(failure);
        }
    }

    private void putAside(Topic topic, ConsumerRecord<String, String> record, String reason) {
        LOG.errorf(
                "dead letter topic=%s partition=%d offset=%d reason=%s",
                topic.topicName(), record.partition(), record.offset(), reason);
        metrics.counter("siaran.dead.letters", "topic", topic.topicName()).increment();
        untilTheDatabaseIsBack(topic, () -> publisher.publishDeadLetter(topic, record.key(), record.value(), reason));
    }

    private static void pause(long millis, RuntimeException failure) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    private record Incoming<T>(ConsumerRecord<String, String> record, T value) {}

    private static final class RefusedData extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RefusedData(RuntimeException cause) {
            super(cause.toString(), cause);
        }
    }
}
