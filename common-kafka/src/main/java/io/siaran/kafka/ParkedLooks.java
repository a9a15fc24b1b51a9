package io.siaran.kafka;

import io.siaran.model.Topic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When a process reads again what is parked of a topic: all of it at the first batch after its start, since that is when the version
 * changes; then once a minute what was parked since, because the pods of the version before go on parking until the last of them is
 * gone. What this version did not know once it will not know later, so nothing is read twice for long.
 */
final class ParkedLooks {

    /** So that a topic of which nothing is parked costs one look at an index a minute. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    /** By how much the clocks of two machines may differ, and a record may come to be seen after its time. */
    private static final Duration OVERLAP = Duration.ofMinutes(10);

    private final Clock clock;
    private final Map<Topic, Instant> begun = new ConcurrentHashMap<>();

    ParkedLooks(Clock clock) {
        this.clock = clock;
    }

    /** From when on parked records are to be read now; empty where the last look is younger than a minute. Of two threads one is told. */
    Optional<Instant> next(Topic topic) {
        Instant now = clock.instant();
        Instant last = begun.putIfAbsent(topic, now);
        if (last == null) {
            return Optional.of(Instant.EPOCH);
        }
        if (now.isBefore(last.plus(PAUSE)) || !begun.replace(topic, last, now)) {
            return Optional.empty();
        }
        return Optional.of(last.minus(OVERLAP));
    }
}
