package io.siaran.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Which keys stand between what a group has taken and the end of the log. Each record is looked at once, however many ask:
 * by one consumer, one asker at a time.
 */
final class RecordsBehind {

    private static final long NONE = -1;

    /** Above so many a service is far behind, and the answer is that nobody knows. */
    private static final int MOST_KEYS = 100_000;

    private final Consumer<String, byte[]> consumer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<TopicPartition, Tail> tails = new HashMap<>();

    RecordsBehind(Consumer<String, byte[]> consumer) {
        this.consumer = consumer;
    }

    /**
     * The offset of the last record of this key in [{@code taken}, {@code end}), or -1.
     *
     * @param deadline by {@link System#nanoTime}
     * @throws TimeoutException when that could not be found out by then
     */
    long lastOf(TopicPartition partition, String key, long taken, long end, long deadline)
            throws InterruptedException, TimeoutException {
        if (!lock.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException("others are asking");
        }
        try {
            Tail tail = tails.computeIfAbsent(partition, _ -> new Tail());
            tail.forget(taken, end);
            if (tail.to < end) {
                readOn(partition, tail, end, deadline);
            }
            return tail.lastOf.getOrDefault(key, NONE);
        } finally {
            lock.unlock();
        }
    }

    private void readOn(TopicPartition partition, Tail tail, long end, long deadline) throws TimeoutException {
        consumer.assign(List.of(partition));
        consumer.seek(partition, tail.to);
        // The position also passes what is no record: the markers of transactions, and what was compacted away.
        while (tail.to < end) {
            if (System.nanoTime() - deadline > 0 || tail.lastOf.size() > MOST_KEYS) {
                throw new TimeoutException("the service is far behind");
            }
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                tail.lastOf.put(record.key(), record.offset());
            }
            tail.to = consumer.position(partition);
        }
    }

    void close() {
        lock.lock();
        try {
            consumer.close(Duration.ofSeconds(2));
        } finally {
            lock.unlock();
        }
    }

    /** What was read of one partition: every record from {@code from} to {@code to}. */
    private static final class Tail {

        private final Map<String, Long> lastOf = new HashMap<>();
        private long from;
        private long to;

        /** What the group has taken; everything, where the log was begun anew or the group went back. */
        void forget(long taken, long end) {
            if (to > end || taken < from || taken > to) {
                lastOf.clear();
                to = taken;
            }
            from = taken;
            lastOf.values().removeIf(offset -> offset < taken);
        }
    }
}
