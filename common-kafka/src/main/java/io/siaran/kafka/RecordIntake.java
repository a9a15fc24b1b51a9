package io.siaran.kafka;

import io.quarkus.runtime.ShutdownEvent;
import io.siaran.kafka.ParkedRecords.Parked;
import io.siaran.model.Json;
import io.siaran.model.Reading;
import io.siaran.model.Topic;
import io.siaran.model.UnreadableRecord;
import io.siaran.model.UnrecognisedRecord;
import io.siaran.sql.Backoff;
import io.siaran.sql.DataFault;
import io.siaran.trace.MessageTraces;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jboss.logging.Logger;

/**
 * How a batch of records enters a service: when this returns, every one is applied, or parked because only a later version
 * knows what it says, or in the dead letters; so the caller may acknowledge the batch. A database or broker that is away is
 * waited for; a record whose own data is refused is found, put aside and told, and never holds up the ones behind it. Where the
 * server breaks a statement off for its time, the batch goes in by parts, is told once and counts as stuck until it is in.
 *
 * <p>What is parked is read again by the first batches of its topic after a start, and once a minute after that ({@link ParkedLooks}).
 */
@ApplicationScoped
public class RecordIntake {

    private static final Logger LOG = Logger.getLogger(RecordIntake.class);

    /** SQLSTATE of a statement that took longer than the server lets it: with so many records it would again. */
    private static final String BROKEN_OFF = "57014";

    private final Publisher publisher;
    private final ParkedRecords parked;
    private final IntakeMetrics metrics;
    private final MessageTraces traces;
    private final ParkedLooks looks;
    private volatile boolean stopping;

    RecordIntake(Publisher publisher, ParkedRecords parked, IntakeMetrics metrics, MessageTraces traces, Clock clock) {
        this.publisher = publisher;
        this.parked = parked;
        this.metrics = metrics;
        this.traces = traces;
        this.looks = new ParkedLooks(clock);
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    /** Blocks until the batch is in; {@code apply} must be idempotent, since it is repeated after a failure. */
    public <T> void take(Topic topic, ConsumerRecords<String, String> batch, Class<T> type, Consumer<List<T>> apply) {
        looks.look(topic, after -> takeParked(topic, after, type, apply));
        List<Incoming<T>> readable = new ArrayList<>(batch.count());
        for (ConsumerRecord<String, String> record : batch) {
            // A tombstone of a compacted topic: the snapshot that said so came long before it.
            if (record.value() != null || !topic.compacted()) {
                read(topic, record, type).ifPresent(readable::add);
            }
        }
        applyAll(topic, readable, apply);
    }

    /** Puts a record that cannot be taken into the dead letters; returns when it is there. For threads that may wait. */
    public void putAside(Topic topic, ConsumerRecord<String, String> record, String reason) {
        LOG.errorf(
                "dead letter topic=%s partition=%d offset=%d reason=%s",
                topic.topicName(), record.partition(), record.offset(), reason);
        metrics.deadLetter(topic);
        untilServersAreBack(topic, () -> publisher.publishDeadLetter(record, reason));
    }

    /** Parks a record that only a later version knows; returns when it is. For threads that may wait. */
    public void park(Topic topic, ConsumerRecord<String, String> record, UnrecognisedRecord reason) {
        untilServersAreBack(topic, () -> parked.park(record, reason.getMessage()));
    }

    /** Empty when it was put aside instead. */
    private <T> Optional<Incoming<T>> read(Topic topic, ConsumerRecord<String, String> record, Class<T> type) {
        try {
            Reading<T> reading = Json.readRecord(record.value(), type);
            reading.unrecognised().forEach(constant -> tellReadSafely(topic, record, constant));
            return Optional.of(new Incoming<>(record, reading.value()));
        } catch (UnrecognisedRecord later) {
            park(topic, record, later);
        } catch (UnreadableRecord unreadable) {
            putAside(topic, record, unreadable.getMessage());
        }
        return Optional.empty();
    }

    private void tellReadSafely(Topic topic, ConsumerRecord<String, String> record, String constant) {
        metrics.wasReadSafely(topic);
        LOG.warnf(
                "a later version's constant was read safely topic=%s partition=%d offset=%d constant=%s",
                topic.topicName(), record.partition(), record.offset(), constant);
    }

    /** Takes those of a page that this version knows, and gives the page. */
    private <T> List<Parked> takeParked(Topic topic, long after, Class<T> type, Consumer<List<T>> apply) {
        List<Parked> page = new ArrayList<>();
        untilServersAreBack(topic, () -> page.addAll(parked.next(topic.topicName(), after)));
        List<Parked> known = page.stream().filter(each -> isKnown(each, type)).toList();
        if (!known.isEmpty()) {
            List<Incoming<T>> readable = new ArrayList<>(known.size());
            known.forEach(each -> read(topic, each.record(), type).ifPresent(readable::add));
            applyAll(topic, readable, apply);
            untilServersAreBack(topic, () -> parked.done(topic.topicName(), known));
        }
        return page;
    }

    /** So is one that is for the dead letters after all. */
    private static boolean isKnown(Parked parked, Class<?> type) {
        try {
            Json.readRecord(parked.record().value(), type);
        } catch (UnrecognisedRecord still) {
            return false;
        } catch (UnreadableRecord unreadable) {
            LOG.debug("a parked record cannot be read after all", unreadable);
        }
        return true;
    }

    private <T> void applyAll(Topic topic, List<Incoming<T>> records, Consumer<List<T>> apply) {
        if (records.isEmpty()) {
            return;
        }
        try {
            applyWholeOrByParts(topic, records, apply);
        } finally {
            metrics.isFree();
        }
    }

    private <T> void applyWholeOrByParts(Topic topic, List<Incoming<T>> records, Consumer<List<T>> apply) {
        List<T> values = records.stream().map(Incoming::value).toList();
        try {
            untilServersAreBack(topic, () -> applyTogether(values, apply));
            trace(topic, records);
        } catch (Refused refused) {
            if (records.size() == 1) {
                putAside(topic, records.getFirst().record(), refused.getMessage());
                return;
            }
            if (refused.wasBrokenOff() && metrics.isStuck(topic)) {
                LOG.warnf(
                        "intake of %s took too long and goes on by parts: records=%d: %s",
                        topic.topicName(), records.size(), refused.getMessage());
            }
            int half = records.size() / 2;
            applyWholeOrByParts(topic, records.subList(0, half), apply);
            applyWholeOrByParts(topic, records.subList(half, records.size()), apply);
        }
    }

    /** What takes too long for one record is tried again as it is: its data is not at fault. */
    private static <T> void applyTogether(List<T> values, Consumer<List<T>> apply) {
        try {
            apply.accept(values);
        } catch (PgException failure) {
            throw values.size() > 1 && isBrokenOff(failure) ? new Refused(failure) : failure;
        }
    }

    private static boolean isBrokenOff(Throwable failure) {
        return failure instanceof PgException refusal && BROKEN_OFF.equals(refusal.getSqlState());
    }

    private <T> void trace(Topic topic, List<Incoming<T>> records) {
        if (traces.isOn()) {
            records.forEach(taken -> traces.taken(
                    topic.topicName(), taken.record().value(), taken.record().timestamp()));
        }
    }

    private void untilServersAreBack(Topic topic, Runnable work) {
        // A part of a batch that was broken off frees nobody: the whole of it does.
        boolean isOfMore = metrics.wasStuck();
        try {
            tryUntilServersAreBack(topic, work);
        } finally {
            if (!isOfMore) {
                metrics.isFree();
            }
        }
    }

    private void tryUntilServersAreBack(Topic topic, Runnable work) {
        for (int failures = 0; ; failures++) {
            try {
                work.run();
                return;
            } catch (Refused refused) {
                throw refused;
            } catch (RuntimeException failure) {
                if (DataFault.is(failure)) {
                    throw new Refused(failure);
                }
                if (stopping) {
                    throw failure;
                }
                metrics.isStuck(topic);
                long pause = Backoff.OF_A_SERVER.pause(failures).toMillis();
                LOG.warnf("intake of %s waits %d ms: %s", topic.topicName(), pause, failure.toString());
                pause(pause, failure);
            }
        }
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

    /** By its data, or as a batch of its size: again however often it is repeated. */
    private static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refused(RuntimeException cause) {
            super(cause.toString(), cause);
        }

        boolean wasBrokenOff() {
            return isBrokenOff(getCause());
        }
    }
}
