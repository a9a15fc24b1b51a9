package io.siaran.kafka;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** How many dead letters of a topic wait, since when and why; at most 100,000 are counted. */
final class WaitingLetters {

    private static final int MOST_COUNTED = 100_000;

    private final Map<String, Integer> reasons = new TreeMap<>();
    private int count;
    private long oldest = Long.MAX_VALUE;
    private long newest;

    void add(ConsumerRecord<byte[], byte[]> letter) {
        count++;
        oldest = Math.min(oldest, letter.timestamp());
        newest = Math.max(newest, letter.timestamp());
        reasons.merge(DeadLetter.header(letter, DeadLetter.REASON, "no reason given"), 1, Integer::sum);
    }

    int count() {
        return count;
    }

    /** False when there are so many that they were not all counted. */
    boolean isWhole() {
        return count < MOST_COUNTED;
    }

    /** Milliseconds since 1970. */
    long oldest() {
        return oldest;
    }

    /** Milliseconds since 1970. */
    long newest() {
        return newest;
    }

    /** How often each stands there. */
    Map<String, Integer> reasons() {
        return reasons;
    }
}
